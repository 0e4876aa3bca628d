package io.quorate.coordinator.wire.codec;

import static io.quorate.coordinator.wire.codec.MessageArbitraries.bytes;
import static io.quorate.coordinator.wire.codec.MessageArbitraries.counts;
import static io.quorate.coordinator.wire.codec.MessageArbitraries.flags;

import io.quorate.core.message.ExchangeReply;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.message.TreeId;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any messages of an anti-entropy exchange. */
final class ExchangeArbitraries {
    private ExchangeArbitraries() {}

    static Map<Class<? extends Request>, Arbitrary<? extends Request>> requests() {
        Map<Class<? extends Request>, Arbitrary<? extends Request>> all = new LinkedHashMap<>();
        Arbitrary<ExchangeRequest.TreeRoot> roots =
                Combinators.combine(trees(), Arbitraries.longs()).as(ExchangeRequest.TreeRoot::new);
        Arbitrary<ExchangeRequest.NodeHash> nodes =
                Combinators.combine(counts(), Arbitraries.longs()).as(ExchangeRequest.NodeHash::new);
        all.put(ExchangeRequest.CompareRoots.class, roots.list().ofMaxSize(5).map(ExchangeRequest.CompareRoots::new));
        all.put(
                ExchangeRequest.CompareNodes.class,
                Combinators.combine(trees(), counts(), nodes.list().ofMaxSize(5), flags())
                        .as(ExchangeRequest.CompareNodes::new));
        all.put(
                ExchangeRequest.ListEntries.class,
                Combinators.combine(trees(), counts().list().ofMaxSize(5), bytes(), counts())
                        .as(ExchangeRequest.ListEntries::new));
        all.put(ExchangeRequest.Release.class, trees().map(ExchangeRequest.Release::new));
        return all;
    }

    static Map<Class<? extends Reply>, Arbitrary<? extends Reply>> replies() {
        Map<Class<? extends Reply>, Arbitrary<? extends Reply>> all = new LinkedHashMap<>();
        Arbitrary<ExchangeReply.KeyDigest> entries =
                Combinators.combine(bytes(), Arbitraries.longs()).as(ExchangeReply.KeyDigest::new);
        all.put(ExchangeReply.TreesDiffer.class, trees().list().ofMaxSize(5).map(ExchangeReply.TreesDiffer::new));
        all.put(ExchangeReply.NodesDiffer.class, counts().list().ofMaxSize(5).map(ExchangeReply.NodesDiffer::new));
        all.put(
                ExchangeReply.Entries.class,
                Combinators.combine(entries.list().ofMaxSize(5), flags()).as(ExchangeReply.Entries::new));
        return all;
    }

    private static Arbitrary<TreeId> trees() {
        return Combinators.combine(counts(), counts()).as(TreeId::new);
    }
}
