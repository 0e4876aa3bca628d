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
 *
 * <p>A node's variables are a stratified sample: of Q partitions, exactly one falls into each Q-th of the distribution. That takes
 * most of the chance out of a node's load, and still no node's scores depend on another's.
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
            long seed = Hash.of(Bytes.utf8(nodes.get(node).slot()));
            double[] uniforms = uniforms(seed, members.partitions());
            for (int partition = 0; partition < members.partitions(); partition++) {
                int pair = partition * nodes.size() + node;
                // Not Math.log, whose last bit may differ from one machine to the next.
                double score =
                        -StrictMath.log(uniforms[partition]) / nodes.get(node).weight();
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

    /** For each partition a number between 0 and 1, one in each stratum: which one is the rank of the partition's hash. */
    private static double[] uniforms(long seed, int partitions) {
        long partitionMask = partitions - 1L;
        long[] hashes = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            hashes[partition] = (Hash.mix(seed, partition) & ~partitionMask) | partition;
        }
        Arrays.sort(hashes);
        double[] uniforms = new double[partitions];
        for (int stratum = 0; stratum < partitions; stratum++) {
            int partition = (int) (hashes[stratum] & partitionMask);
            // A second hash says where in the stratum, so that two nodes that share a stratum do not tie.
            double within = ((Hash.mix(hashes[stratum], seed) >>> 32) + 0.5) * 0x1.0p-32;
            uniforms[partition] = (stratum + within) / partitions;
        }
        return uniforms;
    }
}
