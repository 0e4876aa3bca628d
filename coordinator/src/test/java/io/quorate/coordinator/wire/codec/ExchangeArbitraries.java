package io.quorate.coordinator.wire.codec;

import static io.quorate.coordinator.wire.codec.MessageArbitraries.bytes;
import static io.quorate.coordinator.wire.codec.MessageArbitraries.counts;
import static io.quorate.coordinator.wire.codec.MessageArbitraries.flags;
import static io.quorate.coordinator.wire.codec.MessageArbitraries.keys;
import static io.quorate.coordinator.wire.codec.MessageArbitraries.texts;

import io.quorate.core.message.ExchangeReply;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.message.TreeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any messages of an anti-entropy exchange. */
final class ExchangeArbitraries {
    private ExchangeArbitraries() {}

    static Map<Class<? extends Request>, Arbitrary<? extends Request>> requests() {
        Map<Class<? extends Request>, Arbitrary<? extends Request>> all = new LinkedHashMap<>();
        Arbitrary<ExchangeRequest.NodeHash> nodes =
                Combinators.combine(counts(), Arbitraries.longs()).as(ExchangeRequest.NodeHash::new);
        all.put(
                ExchangeRequest.CompareRoots.class,
                Combinators.combine(
                                Arbitraries.longs(), roots(), counts().list().ofMaxSize(5))
                        .as(ExchangeRequest.CompareRoots::new));
        all.put(
                ExchangeRequest.CompareNodes.class,
                Combinators.combine(trees(), counts(), nodes.list().ofMaxSize(5), flags())
                        .as(ExchangeRequest.CompareNodes::new));
        all.put(
                ExchangeRequest.ListEntries.class,
                Combinators.combine(trees(), counts().list().ofMaxSize(5), bytes(), counts())
                        .as(ExchangeRequest.ListEntries::new));
        all.put(
                ExchangeRequest.Vouch.class,
                Combinators.combine(Arbitraries.longs(), counts()).as(ExchangeRequest.Vouch::new));
        all.put(
                ExchangeRequest.Reap.class,
                Combinators.combine(counts(), Arbitraries.longs(), digests()).as(ExchangeRequest.Reap::new));
        all.put(ExchangeRequest.FetchState.class, keys().map(ExchangeRequest.FetchState::new));
        all.put(ExchangeRequest.AskReaping.class, counts().map(ExchangeRequest.AskReaping::new));
        all.put(ExchangeRequest.Release.class, trees().map(ExchangeRequest.Release::new));
        return all;
    }

    static Map<Class<? extends Reply>, Arbitrary<? extends Reply>> replies() {
        Map<Class<? extends Reply>, Arbitrary<? extends Reply>> all = new LinkedHashMap<>();
        all.put(ExchangeReply.TreesDiffer.class, trees().list().ofMaxSize(5).map(ExchangeReply.TreesDiffer::new));
        all.put(ExchangeReply.NodesDiffer.class, counts().list().ofMaxSize(5).map(ExchangeReply.NodesDiffer::new));
        all.put(
                ExchangeReply.Entries.class,
                Combinators.combine(digests(), flags()).as(ExchangeReply.Entries::new));
        all.put(
                ExchangeReply.Vouched.class,
                Combinators.combine(roots(), flags()).as(ExchangeReply.Vouched::new));
        all.put(ExchangeReply.Reaped.class, Arbitraries.just(new ExchangeReply.Reaped()));
        all.put(ExchangeReply.ReapingBlocked.class, texts().list().ofMaxSize(5).map(ExchangeReply.ReapingBlocked::new));
        return all;
    }

    private static Arbitrary<List<ExchangeRequest.TreeRoot>> roots() {
        return Combinators.combine(trees(), Arbitraries.longs())
                .as(ExchangeRequest.TreeRoot::new)
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<List<ExchangeReply.KeyDigest>> digests() {
        return Combinators.combine(bytes(), Arbitraries.longs())
                .as(ExchangeReply.KeyDigest::new)
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<TreeId> trees() {
        return Combinators.combine(counts(), Arbitraries.integers().greaterOrEqual(1))
                .as(TreeId::new);
    }
}
