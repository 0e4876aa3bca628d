package io.quorate.core.ring;

import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The member sets of a table: the one that reads go by and, while a member comes or goes, the other one that writes must reach too.
 *
 * @param reading the old set while the data is being copied, the new one from then on
 */
record Change(Members reading, Optional<Members> other) {
    static Change of(MemberTable table) {
        Optional<MemberEntry> changing = table.changing();
        if (changing.isEmpty()) {
            return new Change(members(table, entry -> entry.standing().isThere()), Optional.empty());
        }
        MemberEntry member = changing.get();
        boolean comes = member.standing().isComing();
        Members before = members(
                table, entry -> entry.equals(member) ? !comes : entry.standing().isThere());
        Members after = members(
                table,
                entry -> entry.equals(member)
                        ? comes
                        : entry.standing().isThere() && !(comes && isReplacedBy(member, entry, table)));
        return member.standing().isCopied()
                ? new Change(after, Optional.of(before))
                : new Change(before, Optional.of(after));
    }

    private static boolean isReplacedBy(MemberEntry newcomer, MemberEntry entry, MemberTable table) {
        return table.isBeingReplaced(entry)
                && entry.seat().slot().equals(newcomer.seat().slot());
    }

    private static Members members(MemberTable table, Predicate<MemberEntry> included) {
        return new Members(
                table.cluster(),
                table.partitions(),
                table.epoch(),
                table.stream().filter(included).map(MemberEntry::member).toList());
    }
}
