package io.quorate.node.config;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.cluster.Member;
import java.util.List;
import java.util.Optional;

/** Turns what was set into complete settings, or says which keys contradict each other. */
final class SettingsResolver {
    private static final int DEFAULT_HTTP_PORT = 8_101;
    private static final int DEFAULT_PEER_PORT = 9_101;

    private final Values values;

    SettingsResolver(Values values) {
        this.values = values;
    }

    Settings resolve() throws ConfigurationException {
        String id = values.get(Keys.NODE_ID);
        List<Member> listed = values.get(Keys.CLUSTER_MEMBERS);
        Optional<Member> self = self(id, listed);
        Settings.Http http = http(self);
        Settings.Peer peer = peer(self);
        String zone = values.get(Keys.NODE_ZONE);
        int weight = values.get(Keys.NODE_WEIGHT);
        List<String> seeds = values.get(Keys.CLUSTER_SEEDS);
        if (!listed.isEmpty() && !seeds.isEmpty()) {
            throw new ConfigurationException(
                    values.named(Keys.CLUSTER_SEEDS) + " and " + values.named(Keys.CLUSTER_MEMBERS)
                            + " are both set: founders list all members, and a node that joins names seeds");
        }
        List<Member> alone = List.of(new Member(id, peer.advertised(), http.advertised(), zone, weight));
        List<Member> members = listed.isEmpty() && seeds.isEmpty() ? alone : listed;
        Settings settings = new Settings(
                id,
                zone,
                weight,
                new Settings.Cluster(
                        values.get(Keys.CLUSTER_NAME), values.get(Keys.CLUSTER_PARTITIONS), members, seeds),
                http,
                peer,
                values.get(Keys.SHARDS),
                storage(),
                limits(),
                wire(),
                new Settings.Clock(values.get(Keys.CLOCK_DRIFT_MILLIS_MAX)),
                new Settings.Heartbeat(
                        values.get(Keys.HEARTBEAT_INTERVAL_MILLIS), values.get(Keys.HEARTBEAT_SUSPECT_MILLIS)),
                new Settings.Handoff(values.get(Keys.HANDOFF_ENABLED), values.get(Keys.HANDOFF_DEBTS_MAX)),
                new Settings.AntiEntropy(
                        values.get(Keys.ANTIENTROPY_INTERVAL_MILLIS),
                        values.get(Keys.ANTIENTROPY_BYTES_PER_SECOND_MAX)),
                new Settings.Tombstones(
                        values.get(Keys.TOMBSTONES_AGE_MILLIS), values.get(Keys.TOMBSTONES_INTERVAL_MILLIS)),
                buckets());
        refuseContradictions(settings);
        return settings;
    }

    private Optional<Member> self(String id, List<Member> listed) throws ConfigurationException {
        Optional<Member> self =
                listed.stream().filter(member -> member.id().equals(id)).findFirst();
        if (!listed.isEmpty() && self.isEmpty()) {
            throw new ConfigurationException(values.named(Keys.NODE_ID) + " is " + id + ", which "
                    + values.named(Keys.CLUSTER_MEMBERS) + " does not list");
        }
        return self;
    }

    private Settings.Http http(Optional<Member> self) throws ConfigurationException {
        Optional<Address> listed = self.flatMap(member -> Address.parse(member.http()));
        String host = values.get(Keys.HTTP_HOST);
        int port =
                values.find(Keys.HTTP_PORT).or(() -> listed.map(Address::port)).orElse(DEFAULT_HTTP_PORT);
        return new Settings.Http(
                host, port, advertised(Keys.HTTP_ADVERTISED, Keys.HTTP_HOST, new Address(host, port), listed));
    }

    private Settings.Peer peer(Optional<Member> self) throws ConfigurationException {
        Optional<Address> listed = self.flatMap(member -> Address.parse(member.peer()));
        String host = values.get(Keys.PEER_HOST);
        int port =
                values.find(Keys.PEER_PORT).or(() -> listed.map(Address::port)).orElse(DEFAULT_PEER_PORT);
        return new Settings.Peer(
                host, port, advertised(Keys.PEER_ADVERTISED, Keys.PEER_HOST, new Address(host, port), listed));
    }

    /** What others are told: as set, else as the member list has it, else the address this node listens on. */
    private String advertised(Key<String> key, Key<String> hostKey, Address bound, Optional<Address> listed)
            throws ConfigurationException {
        Optional<String> set = values.find(key);
        if (set.isPresent()
                && listed.isPresent()
                && !set.get().equals(listed.get().toString())) {
            throw new ConfigurationException(values.named(key) + " is " + set.get() + ", but "
                    + values.named(Keys.CLUSTER_MEMBERS) + " tells the others " + listed.get());
        }
        Address address = listed.orElse(bound);
        if (set.isEmpty() && Address.isWildcard(address.host())) {
            throw new ConfigurationException(key.name() + " must be set: " + values.named(hostKey) + " is "
                    + address.host() + ", where nobody else can reach this node");
        }
        return set.orElse(address.toString());
    }

    private Settings.Storage storage() throws ConfigurationException {
        return new Settings.Storage(
                values.get(Keys.STORAGE_FOLDER),
                values.get(Keys.STORAGE_DURABILITY),
                values.get(Keys.STORAGE_INTERVAL_MILLIS),
                values.get(Keys.STORAGE_SEGMENT_BYTES_MAX),
                values.get(Keys.STORAGE_CACHE_BYTES_MAX),
                values.get(Keys.STORAGE_WAITING_BYTES_MAX),
                values.get(Keys.STORAGE_FREE_BYTES_MIN),
                values.get(Keys.STORAGE_SCRUB_BYTES_PER_SECOND));
    }

    private Settings.Limits limits() throws ConfigurationException {
        return new Settings.Limits(
                values.get(Keys.LIMITS_VALUE_BYTES_MAX).intValue(),
                values.get(Keys.LIMITS_KEY_BYTES_MAX).intValue(),
                values.get(Keys.LIMITS_REQUESTS_IN_FLIGHT_MAX));
    }

    private Settings.Wire wire() throws ConfigurationException {
        return new Settings.Wire(
                values.get(Keys.WIRE_FRAME_BYTES_MAX).intValue(),
                values.get(Keys.WIRE_CALLS_IN_FLIGHT_MAX),
                values.get(Keys.WIRE_BYTES_IN_FLIGHT_MAX),
                values.get(Keys.WIRE_VERSION_MAX));
    }

    private BucketProperties buckets() throws ConfigurationException {
        return new BucketProperties(
                values.get(Keys.BUCKETS_N),
                values.get(Keys.BUCKETS_R),
                values.get(Keys.BUCKETS_W),
                values.get(Keys.BUCKETS_SLOPPY),
                new ConflictRule(values.get(Keys.BUCKETS_CONFLICT), List.of()));
    }

    private void refuseContradictions(Settings settings) throws ConfigurationException {
        int n = settings.buckets().n();
        refuse(settings.buckets().r().of(n) > n, Keys.BUCKETS_R, "is above buckets.n, which is " + n);
        refuse(settings.buckets().w().of(n) > n, Keys.BUCKETS_W, "is above buckets.n, which is " + n);
        refuse(
                settings.buckets().conflict().policy() == ConflictPolicy.PRIORITY,
                Keys.BUCKETS_CONFLICT,
                "cannot be priority, which needs a ranking of nodes: set it for a bucket, with PUT /buckets/{bucket}");
        refuse(
                settings.heartbeat().suspectMillis() < 2 * settings.heartbeat().intervalMillis(),
                Keys.HEARTBEAT_SUSPECT_MILLIS,
                "must be at least twice heartbeat.intervalMillis, or one late answer makes a node suspect");
        refuse(
                settings.wire().frameBytesMax() / 2 < settings.limits().valueBytesMax(),
                Keys.WIRE_FRAME_BYTES_MAX,
                "must be at least twice limits.valueBytesMax, or such a value cannot be replicated");
        refuse(
                settings.http().host().equals(settings.peer().host())
                        && settings.http().port() == settings.peer().port(),
                Keys.PEER_PORT,
                "is the port of http.port too: nodes and clients need one each");
    }

    private void refuse(boolean contradicts, Key<?> key, String reason) throws ConfigurationException {
        if (contradicts) {
            throw new ConfigurationException(values.named(key) + " " + reason);
        }
    }
}
