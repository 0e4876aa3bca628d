package io.quorate.node.membership;

import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Seat;
import io.quorate.core.cluster.Standing;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides who may join, leave or be expelled: the table after the decision, or why not. */
final class Admission {
    private Admission() {}

    /**
     * A decision.
     *
     * @param refusal empty when it was taken; else a sentence that says what to do
     */
    record Verdict(MemberTable table, Optional<String> refusal) {
        static Verdict taken(MemberTable table) {
            return new Verdict(table, Optional.empty());
        }

        static Verdict refused(MemberTable table, String why) {
            return new Verdict(table, Optional.of(why));
        }
    }

    /** Lets a newcomer in; asking again changes nothing. */
    static Verdict join(MemberTable table, MemberTable wish, Predicate<String> isDown) {
        MemberEntry newcomer = wish.stream().findFirst().orElseThrow();
        String id = newcomer.id();
        if (wish.partitions() != table.partitions()) {
            return Verdict.refused(
                    table, "the cluster has " + table.partitions() + " partitions: set cluster.partitions to that");
        }
        Optional<MemberEntry> known = table.find(id);
        boolean sameStore = known.filter(
                        entry -> entry.seat().store().equals(newcomer.seat().store()))
                .isPresent();
        if (known.isPresent() && known.get().standing() != Standing.LEFT) {
            return sameStore
                    ? Verdict.taken(table)
                    : Verdict.refused(
                            table,
                            "there is a member " + id
                                    + " with another data folder: choose another id, or expel it first");
        }
        if (sameStore) {
            return Verdict.refused(
                    table, id + " was removed from the cluster: wipe its data folder to let it join anew");
        }
        return seat(table, newcomer, isDown);
    }

    private static Verdict seat(MemberTable table, MemberEntry newcomer, Predicate<String> isDown) {
        Seat wanted = newcomer.seat();
        MemberTable after = table;
        if (!wanted.slot().equals(newcomer.id())) {
            Optional<MemberEntry> replaced = table.present().stream()
                    .filter(entry -> entry.seat().slot().equals(wanted.slot()))
                    .findFirst();
            if (replaced.isEmpty()) {
                return Verdict.refused(table, "there is no member " + wanted.slot() + " to replace");
            }
            if (!isDown.test(replaced.get().id())) {
                return Verdict.refused(
                        table, replaced.get().id() + " is not taken for dead: only a dead member can be replaced");
            }
            after = table.decide(replaced.get().id(), Standing.EXPELLING);
        }
        Seat seat = new Seat(
                wanted.slot(), wanted.zone(), wanted.weight(), wanted.store(), Standing.JOINING, after.epoch() + 1);
        return Verdict.taken(after.with(new MemberEntry(newcomer.id(), seat, newcomer.claim())));
    }

    /** Lets a member go, once others have what it has. */
    static Verdict leave(MemberTable table, String id) {
        Optional<MemberEntry> member = table.find(id);
        if (member.isEmpty() || member.get().standing() == Standing.LEFT) {
            return Verdict.refused(table, "there is no member " + id);
        }
        return switch (member.get().standing()) {
            case ACTIVE ->
                isLast(table, id)
                        ? Verdict.refused(table, id + " is the last member: stop it instead")
                        : Verdict.taken(table.decide(id, Standing.LEAVING));
            case JOINING -> Verdict.taken(table.decide(id, Standing.LEFT));
            case ADMITTED -> Verdict.refused(table, id + " is just joining: try again when it is active");
            case LEAVING, PARTING, DRAINING, EXPELLING, EXPELLED, LEFT -> Verdict.taken(table);
        };
    }

    /** Goes on without a member that is dead. */
    static Verdict expel(MemberTable table, String id, Predicate<String> isDown) {
        Optional<MemberEntry> member = table.find(id);
        if (member.isEmpty() || member.get().standing() == Standing.LEFT) {
            return Verdict.refused(table, "there is no member " + id);
        }
        if (!isDown.test(id)) {
            return Verdict.refused(
                    table,
                    id + " is not taken for dead: let it leave without force or, if it is dead, try again in a while");
        }
        return switch (member.get().standing()) {
            case ACTIVE, LEAVING, ADMITTED ->
                isLast(table, id)
                        ? Verdict.refused(table, id + " is the last member")
                        : Verdict.taken(table.decide(id, Standing.EXPELLING));
            case JOINING, DRAINING -> Verdict.taken(table.decide(id, Standing.LEFT));
            case PARTING -> Verdict.taken(table.decide(id, Standing.EXPELLED));
            case EXPELLING, EXPELLED, LEFT -> Verdict.taken(table);
        };
    }

    private static boolean isLast(MemberTable table, String id) {
        return table.present().stream()
                .noneMatch(entry -> !entry.id().equals(id) && entry.standing() == Standing.ACTIVE);
    }
}
