package io.quorate.node.config;

import io.quorate.coordinator.wire.codec.Versions;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Quorum;
import io.quorate.node.storage.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All keys, with what they allow and their defaults. What they mean stands in {@link Settings} and {@code conf/production.yaml}. */
final class Keys {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final long GIB = 1024L * MIB;

    private static final Kind<String> ID =
            Kind.text("1 to 64 of letters, digits, '.', '_' and '-'", "[A-Za-z0-9._-]{1,64}");
    private static final Kind<String> HOST = Kind.text("a host name or address", Address.HOST);
    private static final Kind<String> ADDRESS =
            Kind.scalar("host:port", text -> Address.parse(text).map(Address::toString));
    private static final Kind<Integer> PORT = Kind.integer(1, 65_535);
    private static final Kind<Quorum> QUORUM =
            Kind.scalar("a number from 1, or one, quorum, all, local_quorum", Quorum::parse);

    static final Key<String> NODE_ID = Key.of("node.id", ID, "n1");

    static final Key<String> NODE_ZONE = Key.of("node.zone", ID, "default");
    static final Key<Integer> NODE_WEIGHT = Key.of("node.weight", Kind.integer(1, 1_000), 1);

    static final Key<String> CLUSTER_NAME = Key.of("cluster.name", ID, "quorate");
    static final Key<Integer> CLUSTER_PARTITIONS = Key.of(
            "cluster.partitions",
            Kind.integer("a power of two from 1 to 65536", 1, 65_536, number -> Integer.bitCount(number) == 1),
            1_024);
    static final Key<List<Member>> CLUSTER_MEMBERS = Key.of("cluster.members", new MemberList(ID), List.of());

    static final Key<List<String>> CLUSTER_SEEDS = Key.of("cluster.seeds", new AddressList(ADDRESS), List.of());

    static final Key<String> HTTP_HOST = Key.of("http.host", HOST, "127.0.0.1");
    static final Key<Integer> HTTP_PORT = Key.derived("http.port", PORT);
    static final Key<String> HTTP_ADVERTISED = Key.derived("http.advertised", ADDRESS);
    static final Key<String> PEER_HOST = Key.of("peer.host", HOST, "127.0.0.1");
    static final Key<Integer> PEER_PORT = Key.derived("peer.port", PORT);
    static final Key<String> PEER_ADVERTISED = Key.derived("peer.advertised", ADDRESS);

    static final Key<Integer> SHARDS = Key.of(
            "shards", Kind.integer(1, 64), Math.min(64, Runtime.getRuntime().availableProcessors()));

    static final Key<Path> STORAGE_FOLDER =
            Key.of("storage.folder", Kind.scalar("a folder", Keys::path), Path.of("data"));
    static final Key<Durability> STORAGE_DURABILITY =
            Key.of("storage.durability", Kind.word(Durability.values()), Durability.GROUP);
    static final Key<Integer> STORAGE_INTERVAL_MILLIS =
            Key.of("storage.intervalMillis", Kind.integer(1, 60_000), 1_000);
    static final Key<Long> STORAGE_SEGMENT_BYTES_MAX =
            Key.of("storage.segmentBytesMax", Kind.bytes(64 * KIB, GIB), 64L * MIB);
    static final Key<Long> STORAGE_CACHE_BYTES_MAX =
            Key.of("storage.cacheBytesMax", Kind.bytes(0, 1024 * GIB), 64L * MIB);
    static final Key<Long> STORAGE_WAITING_BYTES_MAX =
            Key.of("storage.waitingBytesMax", Kind.bytes(64 * KIB, 64 * GIB), 64L * MIB);
    static final Key<Long> STORAGE_FREE_BYTES_MIN =
            Key.of("storage.freeBytesMin", Kind.bytes(0, 1024 * GIB), 256L * MIB);
    static final Key<Long> STORAGE_SCRUB_BYTES_PER_SECOND =
            Key.of("storage.scrubBytesPerSecond", Kind.bytes(0, GIB), 256L * KIB);

    static final Key<Long> LIMITS_VALUE_BYTES_MAX = Key.of("limits.valueBytesMax", Kind.bytes(1, 16 * MIB), (long) MIB);
    static final Key<Long> LIMITS_KEY_BYTES_MAX = Key.of("limits.keyBytesMax", Kind.bytes(1, 32 * KIB), (long) KIB);
    static final Key<Integer> LIMITS_REQUESTS_IN_FLIGHT_MAX =
            Key.of("limits.requestsInFlightMax", Kind.integer(1, 1_000_000), 4_096);

    static final Key<Long> WIRE_FRAME_BYTES_MAX =
            Key.of("wire.frameBytesMax", Kind.bytes(64 * KIB, 2 * GIB - MIB), 128L * MIB);
    static final Key<Integer> WIRE_CALLS_IN_FLIGHT_MAX =
            Key.of("wire.callsInFlightMax", Kind.integer(1, 65_536), 4_096);
    static final Key<Long> WIRE_BYTES_IN_FLIGHT_MAX =
            Key.of("wire.bytesInFlightMax", Kind.bytes(64 * KIB, 64 * GIB), 64L * MIB);
    static final Key<Integer> WIRE_VERSION_MAX = Key.of(
            "wire.versionMax",
            Kind.integer(Versions.SPOKEN.oldest(), Versions.SPOKEN.newest()),
            Versions.SPOKEN.newest());

    /** A minute: far above any clock that NTP keeps, or a virtual machine that was resumed; time only breaks ties, so refusing costs more. */
    static final Key<Integer> CLOCK_DRIFT_MILLIS_MAX =
            Key.of("clock.driftMillisMax", Kind.integer(100, 86_400_000), 60_000);

    static final Key<Integer> HEARTBEAT_INTERVAL_MILLIS =
            Key.of("heartbeat.intervalMillis", Kind.integer(10, 60_000), 500);
    static final Key<Integer> HEARTBEAT_SUSPECT_MILLIS =
            Key.of("heartbeat.suspectMillis", Kind.integer(20, 600_000), 1_500);

    static final Key<Boolean> HANDOFF_ENABLED = Key.of("handoff.enabled", Kind.flag(), true);
    static final Key<Integer> HANDOFF_DEBTS_MAX = Key.of("handoff.debtsMax", Kind.integer(0, 100_000_000), 200_000);

    static final Key<Integer> ANTIENTROPY_INTERVAL_MILLIS =
            Key.of("antientropy.intervalMillis", Kind.integer(0, 86_400_000), 10_000);
    static final Key<Long> ANTIENTROPY_BYTES_PER_SECOND_MAX =
            Key.of("antientropy.bytesPerSecondMax", Kind.bytes(64 * KIB, 64 * GIB), 32L * MIB);

    static final Key<Integer> TOMBSTONES_AGE_MILLIS =
            Key.of("tombstones.ageMillis", Kind.integer(0, Integer.MAX_VALUE / 3), 600_000);
    static final Key<Integer> TOMBSTONES_INTERVAL_MILLIS =
            Key.of("tombstones.intervalMillis", Kind.integer(100, 86_400_000), 60_000);

    static final Key<Integer> BUCKETS_N = Key.of("buckets.n", Kind.integer(1, 100), 3);
    static final Key<Quorum> BUCKETS_R = Key.of("buckets.r", QUORUM, Quorum.MAJORITY);
    static final Key<Quorum> BUCKETS_W = Key.of("buckets.w", QUORUM, Quorum.MAJORITY);
    static final Key<Boolean> BUCKETS_SLOPPY = Key.of("buckets.sloppy", Kind.flag(), true);
    static final Key<ConflictPolicy> BUCKETS_CONFLICT =
            Key.of("buckets.conflict", Kind.word(ConflictPolicy.values()), ConflictPolicy.SIBLINGS);

    static final List<Key<?>> ALL = List.of(
            NODE_ID,
            NODE_ZONE,
            NODE_WEIGHT,
            CLUSTER_NAME,
            CLUSTER_PARTITIONS,
            CLUSTER_MEMBERS,
            CLUSTER_SEEDS,
            HTTP_HOST,
            HTTP_PORT,
            HTTP_ADVERTISED,
            PEER_HOST,
            PEER_PORT,
            PEER_ADVERTISED,
            SHARDS,
            STORAGE_FOLDER,
            STORAGE_DURABILITY,
            STORAGE_INTERVAL_MILLIS,
            STORAGE_SEGMENT_BYTES_MAX,
            STORAGE_CACHE_BYTES_MAX,
            STORAGE_WAITING_BYTES_MAX,
            STORAGE_FREE_BYTES_MIN,
            STORAGE_SCRUB_BYTES_PER_SECOND,
            LIMITS_VALUE_BYTES_MAX,
            LIMITS_KEY_BYTES_MAX,
            LIMITS_REQUESTS_IN_FLIGHT_MAX,
            WIRE_FRAME_BYTES_MAX,
            WIRE_CALLS_IN_FLIGHT_MAX,
            WIRE_BYTES_IN_FLIGHT_MAX,
            WIRE_VERSION_MAX,
            CLOCK_DRIFT_MILLIS_MAX,
            HEARTBEAT_INTERVAL_MILLIS,
            HEARTBEAT_SUSPECT_MILLIS,
            HANDOFF_ENABLED,
            HANDOFF_DEBTS_MAX,
            ANTIENTROPY_INTERVAL_MILLIS,
            ANTIENTROPY_BYTES_PER_SECOND_MAX,
            TOMBSTONES_AGE_MILLIS,
            TOMBSTONES_INTERVAL_MILLIS,
            BUCKETS_N,
            BUCKETS_R,
            BUCKETS_W,
            BUCKETS_SLOPPY,
            BUCKETS_CONFLICT);

    private Keys() {}

    static boolean isKnown(String name) {
        return ALL.stream().anyMatch(key -> key.name().equals(name));
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(Path.of(text));
    }
}
