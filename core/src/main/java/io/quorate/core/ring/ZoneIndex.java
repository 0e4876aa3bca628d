package io.quorate.core.ring;

import io.quorate.core.cluster.Member;
import java.util.List;

/** Members and their zones by number: who is in which, and what share of the partitions that makes fair. */
final class ZoneIndex {
    /** Halvings of the search for a fair share: enough to reach the last bits of a double. */
    private static final int SEARCH_STEPS = 64;

    private final int[] weights;
    private final int[] zones;
    private final double[] zoneWeights;

    private ZoneIndex(int[] weights, int[] zones, int count) {
        this.weights = weights;
        this.zones = zones;
        this.zoneWeights = new double[count];
        for (int node = 0; node < weights.length; node++) {
            zoneWeights[zones[node]] += weights[node];
        }
    }

    static ZoneIndex of(List<Member> members) {
        List<String> names = members.stream().map(Member::zone).distinct().toList();
        return new ZoneIndex(
                members.stream().mapToInt(Member::weight).toArray(),
                members.stream()
                        .mapToInt(member -> names.indexOf(member.zone()))
                        .toArray(),
                names.size());
    }

    int count() {
        return zoneWeights.length;
    }

    int zoneOf(int node) {
        return zones[node];
    }

    /**
     * The part of all partitions that each node would hold if {@code n} copies were shared out by weight, as evenly as the zones
     * allow; at most 1, and all together {@code n}.
     */
    double[] fairShares(int n) {
        double low = 0;
        double high = n;
        for (int step = 0; step < SEARCH_STEPS; step++) {
            double middle = (low + high) / 2;
            if (total(n, middle) < n) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double[] shares = new double[weights.length];
        for (int node = 0; node < shares.length; node++) {
            shares[node] = share(node, n, high);
        }
        return shares;
    }

    private double total(int n, double perWeight) {
        double total = 0;
        for (int node = 0; node < weights.length; node++) {
            total += share(node, n, perWeight);
        }
        return total;
    }

    /**
     * By weight, but a zone gets no second copy before every zone has its first, and none goes without once there are enough.
     */
    private double share(int node, int n, double perWeight) {
        double oneCopyPerZone = 1 / zoneWeights[zones[node]];
        double each = n < count() ? Math.min(perWeight, oneCopyPerZone) : Math.max(perWeight, oneCopyPerZone);
        return Math.min(1, each * weights[node]);
    }
}
