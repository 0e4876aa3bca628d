package io.quorate.node.membership;

import io.quorate.core.cluster.Copying;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.ring.Ring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the change that is under way is, as one node knows from what all members say of their copying.
 *
 * @param member that comes or goes
 * @param step its standing
 * @param waitsFor the nodes that do not go by the new ring yet, or have not copied all that they will keep
 * @param next members that come or go after it, in no order
 * @param copying what each node gets and has
 * @param begunMillis since 1970, as the first to hear of it dates it
 */
public record ChangeProgress(
        String member,
        String step,
        List<String> waitsFor,
        List<String> next,
        SortedMap<String, Copied> copying,
        long begunMillis,
        long runningMillis) {
    /**
     * A node's part of it.
     *
     * @param partitions that the change gives to the node
     * @param copied of them
     */
    public record Copied(int partitions, int copied) {
        private Copied plus(Copied other) {
            return new Copied(partitions + other.partitions, copied + other.copied);
        }
    }

    /**
     * Puts it together.
     *
     * @param said by each member; what was said of another ring counts for nothing
     * @param n copies of a key
     * @param nowMillis since 1970
     */
    static Optional<ChangeProgress> of(MemberTable table, Ring ring, Map<String, Copying> said, int n, long nowMillis) {
        return table.changing().map(member -> {
            long begun = said.values().stream()
                    .filter(copying -> copying.ring() == ring.digest())
                    .mapToLong(Copying::begunMillis)
                    .min()
                    .orElse(nowMillis);
            return new ChangeProgress(
                    member.id(),
                    member.standing().label(),
                    NextStep.waitedFor(table, ring),
                    next(table, member),
                    copying(ring, said, n),
                    begun,
                    // The clock of whoever dated it may be ahead.
                    Math.max(0, nowMillis - begun));
        });
    }

    private static List<String> next(MemberTable table, MemberEntry changing) {
        return table.stream()
                .filter(entry -> entry.standing().isChanging() && !table.isBeingReplaced(entry))
                .map(MemberEntry::id)
                .filter(id -> !id.equals(changing.id()))
                .toList();
    }

    private static SortedMap<String, Copied> copying(Ring ring, Map<String, Copying> said, int n) {
        SortedMap<String, Copied> all = new TreeMap<>();
        for (String node : ring.nodes()) {
            int partitions = ring.gains(node, n).size();
            if (partitions > 0) {
                Copying word = said.getOrDefault(node, Copying.NONE);
                int done = word.ring() == ring.digest() ? Math.min(word.partitions(), partitions) : 0;
                all.put(node, new Copied(partitions, ring.isCopied() ? partitions : done));
            }
        }
        return all;
    }

    /** What all nodes get and have. */
    public Copied total() {
        return copying.values().stream().reduce(new Copied(0, 0), Copied::plus);
    }

    /** How long the copying will still take if it goes on as it went; empty while nothing was copied. */
    public OptionalLong leftMillis() {
        Copied total = total();
        if (total.copied() == total.partitions()) {
            return OptionalLong.of(0);
        }
        return total.copied() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(runningMillis * (total.partitions() - total.copied()) / total.copied());
    }
}
