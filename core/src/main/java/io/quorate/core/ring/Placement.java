package io.quorate.core.ring;

import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import java.util.ArrayList;
import java.util.List;

/**
 * The preference lists of a member set, while they are being drawn up.
 *
 * <p>Rank by rank, all pairs of partition and node are gone through, best first: a pair is taken when the partition's rank is
 * still free, its zone is still wanted there, and the node holds fewer partitions than its bound. That is a stable matching: it
 * depends on the member set alone, and a node that comes or goes displaces little beyond its own share. Since the scores alone
 * spread the load evenly, few nodes reach their bound; every node that does passes on what it may not take, and moves more.
 *
 * <p>Every node and coordinator must compute the same lists, so a change here is a change of protocol.
 */
final class Placement {
    /** The first ranks are kept in balance, for every n up to this. Fallbacks behind them come in plain order. */
    private static final int BALANCED_RANKS = 5;
    /**
     * How far a node may be above its fair share, in square roots of it. Less and a join displaces more than its share; more and
     * the busiest node stands out, and a newcomer that is the busiest takes more than its share. With 1.3 and three copies of 1024
     * partitions, the busiest of 10 equal nodes is at most 8 % above the mean and the busiest of 50 at most 18 %.
     */
    private static final double DEVIATIONS_MAX = 1.3;

    private final int partitions;
    private final List<Member> members;
    private final ZoneIndex zones;
    private final int[] pairs;
    private final int[][] preferences;
    private final int[] placed;
    private final int[] load;
    private final boolean[] taken;
    private final boolean[] zoneTaken;

    private Placement(Members all) {
        partitions = all.partitions();
        members = all.members();
        zones = ZoneIndex.of(members);
        pairs = Rendezvous.pairs(all);
        preferences = new int[partitions][members.size()];
        placed = new int[partitions];
        load = new int[members.size()];
        taken = new boolean[pairs.length];
        zoneTaken = new boolean[partitions * zones.count()];
    }

    static List<List<String>> of(Members members) {
        Placement placement = new Placement(members);
        int balanced = Math.min(BALANCED_RANKS, members.size());
        for (int rank = 0; rank < balanced; rank++) {
            placement.fill(rank);
        }
        placement.appendNewZones();
        placement.appendRest();
        return placement.lists();
    }

    private void fill(int rank) {
        int[] bounds = bounds(rank + 1);
        int open = partitions;
        while (open > 0) {
            open -= fill(rank, bounds);
            // The last partitions may find only nodes at their bound. All bounds rise together until everyone has a
            // place.
            for (int node = 0; node < bounds.length; node++) {
                bounds[node]++;
            }
        }
    }

    private int fill(int rank, int[] bounds) {
        boolean newZonesOnly = rank < zones.count();
        int filled = 0;
        for (int pair : pairs) {
            int node = pair % members.size();
            if (placed[pair / members.size()] == rank
                    && !taken[pair]
                    && load[node] < bounds[node]
                    && !(newZonesOnly && isZoneTaken(pair))) {
                take(pair);
                filled++;
            }
        }
        return filled;
    }

    /** The most partitions that each node may hold among the first {@code n} ranks, as long as there is a choice. */
    private int[] bounds(int n) {
        double[] shares = zones.fairShares(n);
        int[] bounds = new int[shares.length];
        for (int node = 0; node < bounds.length; node++) {
            double fair = shares[node] * partitions;
            bounds[node] = (int) Math.ceil(fair + DEVIATIONS_MAX * Math.sqrt(fair));
        }
        return bounds;
    }

    private void appendNewZones() {
        for (int pair : pairs) {
            if (!taken[pair] && !isZoneTaken(pair)) {
                take(pair);
            }
        }
    }

    private void appendRest() {
        for (int pair : pairs) {
            if (!taken[pair]) {
                take(pair);
            }
        }
    }

    private void take(int pair) {
        int partition = pair / members.size();
        int node = pair % members.size();
        preferences[partition][placed[partition]++] = node;
        load[node]++;
        taken[pair] = true;
        zoneTaken[zoneOf(pair)] = true;
    }

    private boolean isZoneTaken(int pair) {
        return zoneTaken[zoneOf(pair)];
    }

    private int zoneOf(int pair) {
        return pair / members.size() * zones.count() + zones.zoneOf(pair % members.size());
    }

    private List<List<String>> lists() {
        List<List<String>> lists = new ArrayList<>(partitions);
        for (int[] preference : preferences) {
            String[] ids = new String[preference.length];
            for (int rank = 0; rank < ids.length; rank++) {
                ids[rank] = members.get(preference[rank]).id();
            }
            lists.add(List.of(ids));
        }
        return List.copyOf(lists);
    }
}
