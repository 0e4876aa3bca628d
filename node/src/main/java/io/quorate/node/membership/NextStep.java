package io.quorate.node.membership;

import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Standing;
import io.quorate.core.ring.Ring;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides when a member that comes or goes takes its next step, from what all members say of themselves. Any node may decide: those
 * that see the same decide the same.
 *
 * <pre>
 * JOINING    ADMITTED   when all that take part go by this ring and have all that they will keep
 * ADMITTED   ACTIVE     when all that take part go by this ring: nobody reads by the old one any more
 * LEAVING    PARTING    as JOINING; EXPELLING → EXPELLED too, without the one that is expelled
 * PARTING    DRAINING   as ADMITTED; EXPELLED → LEFT too
 * </pre>
 *
 * <p>All that take part are those that are written to or read from and not taken for dead; they must be more than half of the
 * members that are not expelled, so that the two sides of a partition do not go different ways.
 */
final class NextStep {
    private NextStep() {}

    /** The table after the step; empty while something is missing. */
    static Optional<MemberTable> of(MemberTable table, Ring ring, Predicate<String> isDown) {
        return table.changing()
                .filter(member -> isDue(member, table, ring, isDown))
                .map(member -> step(member, table));
    }

    private static boolean isDue(MemberEntry member, MemberTable table, Ring ring, Predicate<String> isDown) {
        List<MemberEntry> present = ring.nodes().stream()
                .flatMap(id -> table.find(id).stream())
                .filter(entry -> !entry.standing().isExpelled() && !isDown.test(entry.id()))
                .toList();
        long members = table.stream()
                .filter(entry -> ring.members().find(entry.id()).isPresent()
                        && !entry.standing().isExpelled())
                .count();
        boolean majority = present.stream()
                                .filter(entry -> ring.members().find(entry.id()).isPresent())
                                .count()
                        * 2
                > members;
        boolean comesAlive = !member.standing().isComing() || present.contains(member);
        boolean copied = member.standing().isCopied();
        return majority
                && comesAlive
                && present.stream()
                        .allMatch(entry -> entry.claim().ring() == ring.digest()
                                && (copied || entry.claim().copied() == ring.digest()));
    }

    private static MemberTable step(MemberEntry member, MemberTable table) {
        return switch (member.standing()) {
            case JOINING -> table.decide(member.id(), Standing.ADMITTED);
            case ADMITTED -> withoutReplaced(member, table).decide(member.id(), Standing.ACTIVE);
            case LEAVING -> table.decide(member.id(), Standing.PARTING);
            case PARTING -> table.decide(member.id(), Standing.DRAINING);
            case EXPELLING -> table.decide(member.id(), Standing.EXPELLED);
            case EXPELLED -> table.decide(member.id(), Standing.LEFT);
            case ACTIVE, DRAINING, LEFT -> table;
        };
    }

    /** The dead member whose place the newcomer took is gone with the same step. */
    private static MemberTable withoutReplaced(MemberEntry newcomer, MemberTable table) {
        return table.stream()
                .filter(entry -> entry.standing() == Standing.EXPELLING
                        && entry.seat().slot().equals(newcomer.seat().slot()))
                .findFirst()
                .map(dead -> table.decide(dead.id(), Standing.LEFT))
                .orElse(table);
    }
}
