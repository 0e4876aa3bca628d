package io.quorate.node.membership;

import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Standing;
import io.quorate.core.ring.Ring;
import java.util.List;
import java.util.Optional;

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
 * <p>All that take part are those that are written to or read from; only the expelled are not waited for. One that is merely
 * down may be the only one to hold an acknowledged write (w=1), and may still read and write by the ring it knows: so a change waits
 * until it is back, or expelled. It follows that the two sides of a partition cannot go different ways.
 */
final class NextStep {
    private NextStep() {}

    /** The table after the step; empty while something is missing. */
    static Optional<MemberTable> of(MemberTable table, Ring ring) {
        return table.changing()
                .filter(member -> waitedFor(table, ring).isEmpty())
                .map(member -> step(member, table));
    }

    /** Those that do not go by the ring yet, or have not copied all that they will keep. */
    static List<String> waitedFor(MemberTable table, Ring ring) {
        boolean copied =
                table.changing().filter(member -> member.standing().isCopied()).isPresent();
        return ring.nodes().stream()
                .flatMap(id -> table.find(id).stream())
                .filter(entry -> !entry.standing().isExpelled())
                .filter(entry -> entry.claim().ring() != ring.digest()
                        || (!copied && entry.claim().copied() != ring.digest()))
                .map(MemberEntry::id)
                .toList();
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
