package io.quorate.core.cluster;

import io.quorate.core.Hash;
import io.quorate.core.codec.ByteWriter;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who belongs to the cluster, merged entry by entry: commutative, associative and idempotent, so that gossip may bring it in any
 * order.
 *
 * @param cluster the cluster's name
 * @param partitions Q, a power of two, fixed when the cluster is born
 */
public record MemberTable(String cluster, int partitions, SortedMap<String, MemberEntry> entries) {
    /** Members that have left are remembered, so that none comes back by an old table; but not for ever. */
    private static final int LEFT_MAX = 64;

    public MemberTable {
        entries = Collections.unmodifiableSortedMap(withoutForgotten(entries));
    }

    public static MemberTable empty(String cluster, int partitions) {
        return new MemberTable(cluster, partitions, Collections.emptySortedMap());
    }

    /** The table that a cluster is born with: the same on all founders. */
    public static MemberTable founding(Members members) {
        MemberTable table = empty(members.cluster(), members.partitions());
        for (Member member : members.members()) {
            Seat seat = new Seat(member.slot(), member.zone(), member.weight(), "", Standing.ACTIVE, 1);
            Claim claim = new Claim(member.peer(), member.http(), "", false, "", 0, 0, 0);
            table = table.with(new MemberEntry(member.id(), seat, claim));
        }
        return table;
    }

    public Optional<MemberEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Those that have not left. */
    public List<MemberEntry> present() {
        return stream().filter(entry -> entry.standing() != Standing.LEFT).toList();
    }

    public Stream<MemberEntry> stream() {
        return entries.values().stream();
    }

    /** The latest decision's number. Two tables of one epoch may differ, until they have met. */
    public long epoch() {
        return stream().mapToLong(entry -> entry.seat().epoch()).max().orElse(0);
    }

    public MemberTable with(MemberEntry entry) {
        SortedMap<String, MemberEntry> changed = new TreeMap<>(entries);
        changed.merge(entry.id(), entry, MemberEntry::merge);
        return new MemberTable(cluster, partitions, changed);
    }

    /** Decides a member's next standing; unchanged when it is unknown. */
    public MemberTable decide(String id, Standing next) {
        return find(id).map(entry ->
                        with(entry.with(entry.seat().with(next, entry.claim().store(), epoch() + 1))))
                .orElse(this);
    }

    public MemberTable merge(MemberTable other) {
        SortedMap<String, MemberEntry> merged = new TreeMap<>(entries);
        other.entries.forEach((id, entry) -> merged.merge(id, entry, MemberEntry::merge));
        return new MemberTable(cluster, partitions, merged);
    }

    /** The member whose change is under way: one at a time, those whose data was copied first, then in the order of decision. */
    public Optional<MemberEntry> changing() {
        return stream()
                .filter(entry -> entry.standing().isChanging() && !isBeingReplaced(entry))
                .min(Comparator.comparing(
                                (MemberEntry entry) -> !entry.standing().isCopied())
                        .thenComparing(entry -> entry.seat().epoch())
                        .thenComparing(MemberEntry::id));
    }

    /** Whether a newcomer takes over the place of this dead member: then the two are one change. */
    public boolean isBeingReplaced(MemberEntry dead) {
        return dead.standing() == Standing.EXPELLING
                && stream()
                        .anyMatch(
                                entry -> entry.seat().slot().equals(dead.seat().slot())
                                        && entry.standing().isComing());
    }

    /** Equal tables have equal digests. */
    public long digest() {
        return Hash.of(MemberTableCodec.encode(this));
    }

    /** Digest of all that the rings depend on: the seats of those that have not left. */
    public long ringDigest() {
        ByteWriter out = new ByteWriter().utf8(cluster).varint(partitions);
        present().forEach(entry -> {
            out.utf8(entry.id());
            MemberTableCodec.write(out, entry.seat());
        });
        return Hash.of(out.toBytes());
    }

    private static SortedMap<String, MemberEntry> withoutForgotten(SortedMap<String, MemberEntry> all) {
        SortedMap<String, MemberEntry> kept = new TreeMap<>(all);
        all.values().stream()
                .filter(entry -> entry.standing() == Standing.LEFT)
                .sorted(Comparator.comparing((MemberEntry entry) -> entry.seat().epoch())
                        .thenComparing(MemberEntry::id)
                        .reversed())
                .skip(LEFT_MAX)
                .forEach(entry -> kept.remove(entry.id()));
        return kept;
    }
}
