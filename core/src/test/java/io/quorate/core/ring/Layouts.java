package io.quorate.core.ring;

import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random member sets, and what can be measured on their rings. */
final class Layouts {
    static final int Q = 1024;

    private Layouts() {}

    static Members members(int partitions, List<Member> members) {
        return new Members("test", partitions, 1, members);
    }

    static Ring ring(List<Member> members) {
        return Ring.of(members(Q, members));
    }

    static Member member(String id, String zone, int weight) {
        return new Member(id, id + ":7000", id + ":8000", zone, weight);
    }

    /** Nodes of one weight in one zone, with random names. */
    static List<Member> equalNodes(int count, long seed) {
        return nodes(count, 1, 1, seed);
    }

    /** Nodes with random names, in {@code zones} zones by turns, of random weights up to {@code weightMax}. */
    static List<Member> nodes(int count, int zones, int weightMax, long seed) {
        Random random = new Random(seed);
        Set<String> ids = new TreeSet<>();
        while (ids.size() < count) {
            ids.add("node-" + Integer.toString(random.nextInt(1 << 24), 36));
        }
        List<Member> members = new ArrayList<>();
        for (String id : ids) {
            members.add(member(id, "zone" + members.size() % zones, 1 + random.nextInt(weightMax)));
        }
        Collections.shuffle(members, random);
        return members;
    }

    /** How many partitions each node is among the first {@code n} of. */
    static Map<String, Integer> loads(Ring ring, int n) {
        Map<String, Integer> loads = new TreeMap<>();
        ring.members().members().forEach(member -> loads.put(member.id(), 0));
        for (int partition = 0; partition < ring.partitions(); partition++) {
            ring.preference(partition).subList(0, n).forEach(id -> loads.merge(id, 1, Integer::sum));
        }
        return loads;
    }

    /** The busiest node's load, with the mean as the unit. */
    static double peak(Ring ring, int n) {
        double mean = (double) n * ring.partitions() / ring.members().size();
        return Collections.max(loads(ring, n).values()) / mean;
    }

    /** How many copies a node holds in {@code after}, as one of the first {@code n} of a partition, and did not hold before. */
    static int moved(Ring before, Ring after, int n) {
        int moved = 0;
        for (int partition = 0; partition < after.partitions(); partition++) {
            List<String> old = before.preference(partition).subList(0, n);
            for (String id : after.preference(partition).subList(0, n)) {
                moved += old.contains(id) ? 0 : 1;
            }
        }
        return moved;
    }

    /** How many copies would move if all nodes went from the one fair share to the other; Q * n / N for the Nth equal node. */
    static double fairMove(Ring before, Ring after, int n) {
        Map<String, Double> old = fairLoads(before, n);
        return fairLoads(after, n).entrySet().stream()
                .mapToDouble(entry -> Math.max(0, entry.getValue() - old.getOrDefault(entry.getKey(), 0.0)))
                .sum();
    }

    static Map<String, Double> fairLoads(Ring ring, int n) {
        List<Member> members = ring.members().members();
        double[] shares = ZoneIndex.of(members).fairShares(n);
        Map<String, Double> loads = new TreeMap<>();
        for (int node = 0; node < shares.length; node++) {
            loads.put(members.get(node).id(), shares[node] * ring.partitions());
        }
        return loads;
    }

    static long zonesAmong(Members members, List<String> ids) {
        return ids.stream()
                .map(id -> members.find(id).orElseThrow().zone())
                .distinct()
                .count();
    }
}
