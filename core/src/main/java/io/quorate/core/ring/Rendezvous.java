package io.quorate.core.ring;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import java.util.Arrays;
import java.util.List;

/**
 * Weighted rendezvous hashing: how much each partition and each node want each other.
 *
 * <p>The score of a pair is an exponential variable whose rate is the node's weight, so the least score of a partition falls to
 * each node in proportion to its weight, whoever else is there.
 */
final class Rendezvous {
    private Rendezvous() {}

    /** All pairs as {@code partition * members + node}, the best first. */
    static int[] pairs(Members members) {
        List<Member> nodes = members.members();
        long[] scored = new long[Math.multiplyExact(members.partitions(), nodes.size())];
        // The lowest bits of the score make room for the pair itself: sorting longs is fast, and leaves no ties.
        long pairMask = scored.length == 0 ? 0 : (Long.highestOneBit(scored.length) << 1) - 1;
        for (int node = 0; node < nodes.size(); node++) {
            long seed = Hash.of(Bytes.utf8(nodes.get(node).id()));
            for (int partition = 0; partition < members.partitions(); partition++) {
                int pair = partition * nodes.size() + node;
                double score = score(Hash.mix(seed, partition), nodes.get(node).weight());
                scored[pair] = (Double.doubleToLongBits(score) & ~pairMask) | pair;
            }
        }
        Arrays.sort(scored);
        int[] pairs = new int[scored.length];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (int) (scored[i] & pairMask);
        }
        return pairs;
    }

    private static double score(long hash, int weight) {
        double uniform = ((hash >>> 12) + 0.5) * 0x1.0p-52;
        // Not Math.log, whose last bit may differ from one machine to the next.
        return -StrictMath.log(uniform) / weight;
    }
}
