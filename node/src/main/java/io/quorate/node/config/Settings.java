package io.quorate.node.config;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.node.storage.Durability;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that can be set about a node, complete and consistent. {@code conf/production.yaml} explains the same keys to operators.
 *
 * @param nodeId {@code node.id}, which of the members this node is; two nodes of one id would mint the same versions
 * @param zone {@code node.zone}, what fails together with it, when it joins
 * @param weight {@code node.weight}, its share of the data relative to others, when it joins
 * @param shards event loops, each the only one to touch its partitions; fewer than cores leave some idle, more cost switches
 * @param buckets {@code buckets.*}, what a bucket promises that was never set
 */
public record Settings(
        String nodeId,
        String zone,
        int weight,
        Cluster cluster,
        Http http,
        Peer peer,
        int shards,
        Storage storage,
        Limits limits,
        Wire wire,
        Clock clock,
        Heartbeat heartbeat,
        Handoff handoff,
        AntiEntropy antiEntropy,
        Tombstones tombstones,
        BucketProperties buckets) {

    /** This node as others are to see it. */
    public Member self() {
        return cluster.members().stream()
                .filter(member -> member.id().equals(nodeId))
                .findFirst()
                .orElseGet(() -> new Member(nodeId, peer.advertised(), http.advertised(), zone, weight));
    }

    /** The members that a cluster is born with; none where this node joins one. */
    public MemberTable founding() {
        return MemberTable.founding(new Members(cluster.name(), cluster.partitions(), 1, cluster.members()));
    }

    /**
     * The cluster as every one of its nodes must be told of it.
     *
     * @param name nodes of different names refuse each other, so that two clusters cannot be mixed up by a wrong address
     * @param partitions Q, a power of two, fixed when the cluster is born; too few spread the data unevenly over many nodes and make
     *     each exchange large, too many cost memory and messages
     * @param members the founders, this one among them; none where it joins
     * @param seeds peer addresses of members that this node asks to let it in
     */
    public record Cluster(String name, int partitions, List<Member> members, List<String> seeds) {
        public Cluster {
            members = List.copyOf(members);
            seeds = List.copyOf(seeds);
        }
    }

    /**
     * Where clients reach this node.
     *
     * @param host the address to listen on; a wildcard serves all interfaces
     * @param advertised {@code host:port} that others are told
     */
    public record Http(String host, int port, String advertised) {}

    /**
     * Where other nodes and embedded coordinators reach this node.
     *
     * @param host the address to listen on; a wildcard serves all interfaces
     * @param advertised {@code host:port} that others are told
     */
    public record Peer(String host, int port, String advertised) {}

    /**
     * How this node keeps its data.
     *
     * @param folder holds everything that must survive a restart; another node's folder is refused
     * @param durability what an acknowledged write survives
     * @param intervalMillis how long a write may wait for the disk when durability is {@code interval}: short costs throughput, long
     *     risks more in a power cut
     * @param segmentBytesMax a log file's size: small makes many files, large makes compaction coarse and needs free space
     * @param cacheBytesMax values kept in memory: small sends reads to the disk and to another thread, large crowds the heap
     * @param waitingBytesMax writes not yet durable: small refuses bursts, large turns a slow disk into late answers and a full heap
     * @param freeBytesMin below it writes are refused: too small and a full disk stops compaction, which alone could free space
     * @param scrubBytesPerSecond how fast all records are read again in search of damage: small finds it late, large takes the disk
     *     from requests; 0 for never
     */
    public record Storage(
            Path folder,
            Durability durability,
            int intervalMillis,
            long segmentBytesMax,
            long cacheBytesMax,
            long waitingBytesMax,
            long freeBytesMin,
            long scrubBytesPerSecond) {}

    /**
     * What a client's request may be.
     *
     * @param valueBytesMax a larger value is refused; large ones make every replica, repair and exchange of them slow
     * @param keyBytesMax a longer key is refused; keys are kept in the index, in hints and in exchanges
     * @param requestsInFlightMax requests beyond it are answered 429: small sheds bursts that could be served, large lets a slow
     *     cluster gather requests until memory ends
     */
    public record Limits(int valueBytesMax, int keyBytesMax, int requestsInFlightMax) {}

    /**
     * Bounds on the connection to each peer.
     *
     * @param frameBytesMax a larger message is refused; all siblings of a key travel in one, so too small makes such keys unrepairable
     * @param callsInFlightMax requests to a peer without an answer: small throttles a healthy one, large lets a stalled one hold memory
     * @param bytesInFlightMax the same in bytes
     * @param versionMax the newest protocol version to speak: lower than all nodes know keeps them from what is new, higher than the
     *     release before knows lets no node go back to it
     */
    public record Wire(int frameBytesMax, int callsInFlightMax, long bytesInFlightMax, int versionMax) {}

    /**
     * How far clocks are trusted.
     *
     * @param driftMillisMax a peer's time stamp further ahead is refused: too small refuses the writes of hosts whose clock is merely
     *     sloppy, too large lets one wrong clock win every {@code last_write_wins} tie, and push all others ahead, by that much
     */
    public record Clock(int driftMillisMax) {}

    /**
     * How this node notices that others are gone.
     *
     * @param intervalMillis how often they are asked: short costs messages, long notices late
     * @param suspectMillis silence after which requests avoid a node: too short and a collector's pause looks like death, too long
     *     and writes wait for a dead node
     */
    public record Heartbeat(int intervalMillis, int suspectMillis) {}

    /**
     * How this node delivers what it owes to members that missed it.
     *
     * @param enabled if not, debts are recorded and wait
     * @param debtsMax keys listed as owed to one member; beyond it whole partitions are: too small and a few writes cost a comparison of
     *     all keys beside them, too large and the list takes disk and time
     */
    public record Handoff(boolean enabled, int debtsMax) {}

    /**
     * How replicas find out what they lack without being read.
     *
     * @param intervalMillis from one round with a peer to the next, zero for none but those asked for: short costs messages for nothing,
     *     long leaves replicas apart for longer
     * @param bytesPerSecondMax of states sent and received for repair, handoff included: small leaves a node that lost its disk alone
     *     for long, large lets clients feel the repair
     */
    public record AntiEntropy(int intervalMillis, long bytesPerSecondMax) {}

    /**
     * When what is left of deleted keys goes, once it is proven that nobody can bring them back.
     *
     * @param ageMillis before anybody asks for the proof: shorter than requests may take, or than clocks differ, and the proof is none
     * @param intervalMillis from one look at all partitions to the next: short costs messages while something blocks the proof
     */
    public record Tombstones(int ageMillis, int intervalMillis) {}
}
