package io.quorate.coordinator.wire.codec;

import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.BucketTableCodec;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.MemberTableCodec;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Ttl;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import io.quorate.core.message.ExchangeRequest.TreeRoot;
import io.quorate.core.message.TreeId;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The CBOR forms of the values that messages are made of. */
final class ValuesCodec {
    private static final List<ConflictPolicy> POLICIES = List.of(ConflictPolicy.values());

    private ValuesCodec() {}

    static void write(Key key, CborWriter out) throws IOException {
        out.bytes(key.encoded());
    }

    static Key key(CborReader in) throws IOException {
        return Key.decode(in.bytes());
    }

    static void write(RequestId request, CborWriter out) throws IOException {
        out.begin(2).number(request.high()).number(request.low()).end();
    }

    static RequestId requestId(CborReader in) throws IOException {
        in.begin();
        RequestId request = new RequestId(in.number(), in.number());
        in.end();
        return request;
    }

    static void write(ConflictPolicy policy, CborWriter out) throws IOException {
        out.word(POLICIES, policy);
    }

    static ConflictPolicy conflictPolicy(CborReader in) throws IOException {
        return in.word(POLICIES);
    }

    /** The ranking of a conflict rule, at the end of what it was appended to. */
    static List<String> ranking(CborReader in) throws IOException {
        return in.isMore() ? texts(in) : List.of();
    }

    /** How long a value stays, at the end of what it was appended to; zero for ever. */
    static long ttlMillis(CborReader in) throws IOException {
        long millis = in.isMore() ? in.number() : 0;
        if (millis < 0) {
            throw new MalformedException("a negative time to live");
        }
        return millis;
    }

    static void write(Actor actor, CborWriter out) throws IOException {
        out.begin(2).text(actor.node()).number(actor.incarnation()).end();
    }

    static Actor actor(CborReader in) throws IOException {
        in.begin();
        Actor actor = new Actor(in.text(), in.number());
        in.end();
        return actor;
    }

    static void write(Dot dot, CborWriter out) throws IOException {
        out.begin(2);
        write(dot.actor(), out);
        out.number(dot.counter()).end();
    }

    static Dot dot(CborReader in) throws IOException {
        in.begin();
        Dot dot = new Dot(actor(in), in.number());
        in.end();
        return dot;
    }

    static void write(BucketTable table, int version, CborWriter out) throws IOException {
        // Whoever does not know what a bucket is set to goes by what it knew of it: a setting in other words would be
        // spread as if it were this one.
        BucketTable known = table.only(properties -> properties.equals(known(properties, version)));
        out.bytes(BucketTableCodec.encode(known));
    }

    /** Properties as that version knows them. */
    static BucketProperties known(BucketProperties properties, int version) {
        BucketProperties known = version < Versions.LOCAL_QUORUMS ? properties.withoutLocalQuorum() : properties;
        return known.withConflict(known(known.conflict(), version));
    }

    /** Whoever merges nothing three ways keeps siblings, which are merged by those that do. */
    static ConflictRule known(ConflictRule rule, int version) {
        return version < Versions.THREE_WAY && rule.policy() == ConflictPolicy.THREE_WAY ? ConflictRule.SIBLINGS : rule;
    }

    static BucketTable bucketTable(CborReader in) throws IOException {
        return BucketTableCodec.decode(in.bytes());
    }

    static void writeProperties(Optional<BucketProperties> optional, CborWriter out) throws IOException {
        if (optional.isEmpty()) {
            out.absent();
            return;
        }
        BucketProperties properties = optional.get();
        out.begin(7).number(properties.n());
        out.text(properties.r().label()).text(properties.w().label());
        out.flag(properties.sloppy());
        write(properties.conflict().policy(), out);
        writeTexts(properties.conflict().ranking(), out);
        out.text(properties.ttl().map(Ttl::label).orElse("")).end();
    }

    static Optional<BucketProperties> properties(CborReader in) throws IOException {
        if (in.isAbsent()) {
            return Optional.empty();
        }
        in.begin();
        BucketProperties properties = new BucketProperties(
                in.count(),
                quorum(in),
                quorum(in),
                in.flag(),
                new ConflictRule(conflictPolicy(in), ranking(in)),
                ttl(in));
        in.end();
        return Optional.of(properties);
    }

    private static Optional<Ttl> ttl(CborReader in) throws IOException {
        return in.isMore() ? Ttl.parse(in.text()) : Optional.empty();
    }

    private static Quorum quorum(CborReader in) throws IOException {
        return Quorum.parse(in.text()).orElseThrow(() -> new MalformedException("not a quorum"));
    }

    static void write(MemberTable table, CborWriter out) throws IOException {
        out.bytes(MemberTableCodec.encode(table));
    }

    static MemberTable memberTable(CborReader in) throws IOException {
        return MemberTableCodec.decode(in.bytes());
    }

    static void write(SortedMap<String, Long> counts, CborWriter out) throws IOException {
        out.begin(2 * counts.size());
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            out.text(count.getKey()).number(count.getValue());
        }
        out.end();
    }

    static SortedMap<String, Long> counts(CborReader in) throws IOException {
        SortedMap<String, Long> counts = new TreeMap<>();
        in.each(() -> counts.put(in.text(), in.number()));
        return counts;
    }

    /** Two values of the array that is open. */
    static void write(TreeId tree, CborWriter out) throws IOException {
        out.number(tree.partition()).number(tree.n());
    }

    static TreeId treeId(CborReader in) throws IOException {
        return new TreeId(in.count(), in.count());
    }

    static void writeHorizons(SortedMap<Integer, Long> horizons, CborWriter out) throws IOException {
        out.begin(2 * horizons.size());
        for (Map.Entry<Integer, Long> horizon : horizons.entrySet()) {
            out.number(horizon.getKey()).number(horizon.getValue());
        }
        out.end();
    }

    static SortedMap<Integer, Long> horizons(CborReader in) throws IOException {
        SortedMap<Integer, Long> horizons = new TreeMap<>();
        in.each(() -> horizons.put(in.count(), in.number()));
        return horizons;
    }

    /** One flat list: most of an exchange's first message. */
    static void writeRoots(List<TreeRoot> roots, CborWriter out) throws IOException {
        out.begin(3 * roots.size());
        for (TreeRoot root : roots) {
            write(root.tree(), out);
            out.number(root.hash());
        }
        out.end();
    }

    static List<TreeRoot> roots(CborReader in) throws IOException {
        List<TreeRoot> roots = new ArrayList<>();
        in.each(() -> roots.add(new TreeRoot(treeId(in), in.number())));
        return roots;
    }

    static void writeDigests(List<KeyDigest> digests, CborWriter out) throws IOException {
        out.begin(2 * digests.size());
        for (KeyDigest digest : digests) {
            out.bytes(digest.key()).number(digest.digest());
        }
        out.end();
    }

    static List<KeyDigest> digests(CborReader in) throws IOException {
        List<KeyDigest> digests = new ArrayList<>();
        in.each(() -> digests.add(new KeyDigest(in.bytes(), in.number())));
        return digests;
    }

    static void writeNumbers(List<Integer> numbers, CborWriter out) throws IOException {
        out.begin(numbers.size());
        for (int number : numbers) {
            out.number(number);
        }
        out.end();
    }

    static void writeTexts(List<String> texts, CborWriter out) throws IOException {
        out.begin(texts.size());
        for (String text : texts) {
            out.text(text);
        }
        out.end();
    }

    static List<String> texts(CborReader in) throws IOException {
        return in.list(CborReader::text);
    }
}
