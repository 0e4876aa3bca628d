package io.quorate.coordinator.wire.codec;

import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.cluster.Copying;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Seat;
import io.quorate.core.cluster.Standing;
import io.quorate.core.cluster.Ttl;
import io.quorate.core.message.ClusterReply;
import io.quorate.core.message.ClusterRequest;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.VersionVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any message of every type that can be sent. */
final class MessageArbitraries {
    private MessageArbitraries() {}

    static Map<Class<? extends Request>, Arbitrary<? extends Request>> requests() {
        Map<Class<? extends Request>, Arbitrary<? extends Request>> all = new LinkedHashMap<>();
        all.put(ReplicaRequest.Stamp.class, stamps());
        all.put(
                ReplicaRequest.Merge.class,
                Combinators.combine(keys(), bytes(), names()).as(ReplicaRequest.Merge::new));
        all.put(
                ReplicaRequest.Patch.class,
                Combinators.combine(keys(), bytes(), bytes(), ttls(), requestIds(), flags(), counts(), names())
                        .as(ReplicaRequest.Patch::new));
        all.put(
                ReplicaRequest.Fetch.class,
                Combinators.combine(keys(), counts()).as(ReplicaRequest.Fetch::new));
        all.put(
                ReplicaRequest.ListKeys.class,
                Combinators.combine(counts(), texts(), bytes(), counts()).as(ReplicaRequest.ListKeys::new));
        all.put(
                ReplicaRequest.StampAll.class,
                stamps().list().ofMinSize(1).ofMaxSize(4).map(MessageArbitraries::ofOneGroup));
        all.put(
                ReplicaRequest.MergeAll.class,
                Combinators.combine(bytes(), names())
                        .as((bytes, names) -> new ReplicaRequest.Merge(Key.of("b", "{t}"), bytes, names))
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4)
                        .map(MessageArbitraries::ofOneGroupToo));
        all.put(ReplicaRequest.FetchGroup.class, groups().map(ReplicaRequest.FetchGroup::new));
        all.put(
                ClusterRequest.Heartbeat.class,
                Combinators.combine(actors(), flags(), Arbitraries.longs(), Arbitraries.longs())
                        .as(ClusterRequest.Heartbeat::new));
        all.put(ClusterRequest.ShareBuckets.class, tables().map(ClusterRequest.ShareBuckets::new));
        all.put(ClusterRequest.ShareMembers.class, members().map(ClusterRequest.ShareMembers::new));
        all.put(ClusterRequest.ProbeFor.class, texts().map(ClusterRequest.ProbeFor::new));
        all.put(ClusterRequest.Join.class, members().map(ClusterRequest.Join::new));
        all.put(
                ClusterRequest.Invite.class,
                Combinators.combine(texts().list().ofMaxSize(5), texts()).as(ClusterRequest.Invite::new));
        all.put(ReplicaRequest.Owe.class, Combinators.combine(keys(), names()).as(ReplicaRequest.Owe::new));
        all.put(ClusterRequest.Describe.class, Arbitraries.just(new ClusterRequest.Describe()));
        all.put(ClusterRequest.AskOwed.class, Arbitraries.just(new ClusterRequest.AskOwed()));
        all.put(ClusterRequest.AskHorizons.class, Arbitraries.just(new ClusterRequest.AskHorizons()));
        all.putAll(ExchangeArbitraries.requests());
        return all;
    }

    static Map<Class<? extends Reply>, Arbitrary<? extends Reply>> replies() {
        Map<Class<? extends Reply>, Arbitrary<? extends Reply>> all = new LinkedHashMap<>();
        all.put(
                ReplicaReply.Stamped.class,
                Combinators.combine(dots(), bytes(), counts()).as(ReplicaReply.Stamped::new));
        all.put(
                ReplicaReply.StampedAll.class,
                Combinators.combine(dots(), bytes(), counts())
                        .as(ReplicaReply.Stamped::new)
                        .list()
                        .ofMaxSize(4)
                        .map(ReplicaReply.StampedAll::new));
        all.put(
                ReplicaReply.FetchedGroup.class,
                Combinators.combine(keys(), bytes())
                        .as(ReplicaReply.State::new)
                        .list()
                        .ofMaxSize(4)
                        .map(ReplicaReply.FetchedGroup::new));
        all.put(ReplicaReply.Durable.class, Arbitraries.just(new ReplicaReply.Durable()));
        all.put(
                ReplicaReply.Fetched.class,
                Combinators.combine(Arbitraries.longs(), bytes(), flags()).as(ReplicaReply.Fetched::new));
        all.put(
                ReplicaReply.Listed.class,
                Combinators.combine(texts().list().ofMaxSize(5), bytes(), flags())
                        .as(ReplicaReply.Listed::new));
        all.put(
                ClusterReply.Alive.class,
                Combinators.combine(actors(), flags(), Arbitraries.longs(), Arbitraries.longs(), copying())
                        .as(ClusterReply.Alive::new));
        all.put(ClusterReply.MemberTables.class, members().map(ClusterReply.MemberTables::new));
        all.put(ClusterReply.Reached.class, flags().map(ClusterReply.Reached::new));
        all.put(ClusterReply.Invited.class, texts().map(ClusterReply.Invited::new));
        all.put(ClusterReply.Buckets.class, tables().map(ClusterReply.Buckets::new));
        all.put(
                ClusterReply.Described.class,
                Combinators.combine(
                                members(),
                                properties(),
                                tables(),
                                texts().list().ofMaxSize(5))
                        .as(ClusterReply.Described::new));
        all.put(
                ClusterReply.Owed.class,
                Arbitraries.maps(texts(), Arbitraries.longs())
                        .ofMaxSize(4)
                        .map(TreeMap::new)
                        .map(ClusterReply.Owed::new));
        all.put(
                ClusterReply.Horizons.class,
                Arbitraries.maps(counts(), Arbitraries.longs())
                        .ofMaxSize(4)
                        .map(TreeMap::new)
                        .map(ClusterReply.Horizons::new));
        all.putAll(ExchangeArbitraries.replies());
        all.put(
                Refused.class,
                Combinators.combine(Arbitraries.of(Refused.Reason.class), texts())
                        .as(Refused::new));
        return all;
    }

    static Arbitrary<Hello> hellos() {
        return Combinators.combine(counts(), counts(), texts(), texts(), texts(), counts())
                .as(Hello::new);
    }

    static Arbitrary<Welcome> welcomes() {
        return Combinators.combine(counts(), texts(), texts(), counts(), texts())
                .as(Welcome::new);
    }

    private static Arbitrary<RequestId> requestIds() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(RequestId::new);
    }

    private static Arbitrary<ReplicaRequest.Stamp> stamps() {
        // One more than can be combined.
        return Combinators.combine(
                        keys(), contexts(), bytes().optional(), requestIds(), flags(), counts(), rules(), names())
                .flatAs((key, seen, value, request, idempotent, n, rule, owedTo) -> ttls().map(ttl ->
                        new ReplicaRequest.Stamp(key, seen, value, ttl, request, idempotent, n, rule, owedTo)));
    }

    private static Arbitrary<Long> ttls() {
        return Arbitraries.longs().greaterOrEqual(0);
    }

    private static ReplicaRequest.StampAll ofOneGroup(List<ReplicaRequest.Stamp> stamps) {
        List<ReplicaRequest.Stamp> all = new ArrayList<>();
        for (ReplicaRequest.Stamp stamp : stamps) {
            all.add(new ReplicaRequest.Stamp(
                    Key.of("b", "{t}" + all.size()),
                    stamp.seen(),
                    stamp.value(),
                    stamp.ttlMillis(),
                    stamp.request(),
                    stamp.idempotent(),
                    stamp.n(),
                    stamp.conflict(),
                    stamp.owedTo()));
        }
        return new ReplicaRequest.StampAll(all);
    }

    private static ReplicaRequest.MergeAll ofOneGroupToo(List<ReplicaRequest.Merge> merges) {
        List<ReplicaRequest.Merge> all = new ArrayList<>();
        for (ReplicaRequest.Merge merge : merges) {
            all.add(new ReplicaRequest.Merge(Key.of("b", "{t}" + all.size()), merge.siblings(), merge.owedTo()));
        }
        return new ReplicaRequest.MergeAll(all);
    }

    private static Arbitrary<Group> groups() {
        return Combinators.combine(texts(), texts()).as((bucket, tag) -> new Group(bucket, tag.replace("}", "") + "t"));
    }

    private static Arbitrary<BucketProperties> properties() {
        Arbitrary<Quorum> quorums = Arbitraries.of(
                Quorum.ONE, Quorum.MAJORITY, Quorum.ALL, Quorum.LOCAL, new Quorum.Count(1), new Quorum.Count(999));
        return Combinators.combine(
                        counts(),
                        quorums,
                        quorums,
                        flags(),
                        rules(),
                        bucketTtls().optional())
                .as(BucketProperties::new);
    }

    private static Arbitrary<Ttl> bucketTtls() {
        return Combinators.combine(Arbitraries.integers().between(1, Ttl.DAYS_MAX), Arbitraries.of(Ttl.Unit.class))
                .as(Ttl::new);
    }

    private static Arbitrary<ConflictRule> rules() {
        return Combinators.combine(Arbitraries.of(ConflictPolicy.class), names())
                .as(ConflictRule::new);
    }

    /** Any text but half surrogate pairs, which are no text. */
    static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange(' ', '\uD7FF')
                .ofMaxLength(40)
                .map(text -> text.isEmpty() ? text : text + new String(Character.toChars(0x1F600)));
    }

    private static Arbitrary<List<String>> names() {
        return texts().list().ofMaxSize(3);
    }

    static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Bytes::wrap);
    }

    static Arbitrary<Integer> counts() {
        return Arbitraries.integers().greaterOrEqual(0);
    }

    static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }

    static Arbitrary<Key> keys() {
        Arbitrary<String> buckets = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(10);
        return Combinators.combine(buckets, texts()).as(Key::of);
    }

    private static Arbitrary<Copying> copying() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.integers().greaterOrEqual(0))
                .as(Copying::new);
    }

    private static Arbitrary<Actor> actors() {
        return Combinators.combine(Arbitraries.of("n1", "n2", "another-node"), Arbitraries.longs())
                .as(Actor::new);
    }

    private static Arbitrary<Dot> dots() {
        return Combinators.combine(actors(), Arbitraries.longs().greaterOrEqual(1))
                .as(Dot::new);
    }

    private static Arbitrary<Context> contexts() {
        Arbitrary<List<Dot>> several = dots().list().ofMaxSize(4);
        return Combinators.combine(several, several)
                .as((vector, cloud) -> new Context(VersionVector.of(vector), cloud));
    }

    private static Arbitrary<BucketTable> tables() {
        Arbitrary<BucketTable.Setting> settings =
                Combinators.combine(dots(), properties().optional()).as(BucketTable.Setting::new);
        return Arbitraries.maps(texts(), settings)
                .ofMaxSize(4)
                .map(TreeMap::new)
                .map(BucketTable::new);
    }

    private static Arbitrary<MemberTable> members() {
        Arbitrary<Seat> seats = Combinators.combine(
                        texts(),
                        texts(),
                        Arbitraries.integers().between(1, 1_000),
                        texts(),
                        Arbitraries.of(Standing.class),
                        Arbitraries.longs())
                .as(Seat::new);
        Arbitrary<Claim> claims = Combinators.combine(
                        texts(),
                        texts(),
                        texts(),
                        flags(),
                        texts(),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.longs())
                .as(Claim::new);
        Arbitrary<MemberEntry> one = Combinators.combine(texts(), seats, claims).as(MemberEntry::new);
        Arbitrary<Integer> partitions = Arbitraries.integers().between(0, 30).map(bits -> 1 << bits);
        return Combinators.combine(texts(), partitions, one.list().ofMaxSize(4)).as(MessageArbitraries::memberTable);
    }

    private static MemberTable memberTable(String cluster, int partitions, List<MemberEntry> entries) {
        MemberTable table = MemberTable.empty(cluster, partitions);
        for (MemberEntry entry : entries) {
            table = table.with(entry);
        }
        return table;
    }
}
