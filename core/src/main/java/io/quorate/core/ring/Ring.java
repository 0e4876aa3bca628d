package io.quorate.core.ring;

import io.quorate.core.Key;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Standing;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The preference list of every partition: all members, the first n of them its primaries, the rest its fallbacks.
 *
 * <p>While a member comes or goes there are two lists: reads go by the one, writes must be acknowledged by w primaries of each.
 */
public final class Ring {
    private final Placed reading;
    private final Optional<Placed> other;
    private final NavigableMap<String, String> zones;
    private final List<String> draining;
    private final boolean copied;
    private final long digest;

    /** One member set and its lists. */
    private record Placed(Members members, List<List<String>> preferences) {
        static Placed of(Members members) {
            return new Placed(members, Placement.of(members));
        }
    }

    private Ring(Placed reading, Optional<Placed> other, MemberTable table) {
        this.copied =
                table.changing().filter(member -> member.standing().isCopied()).isPresent();
        this.reading = reading;
        this.other = other;
        NavigableMap<String, String> all = new TreeMap<>();
        reading.members().members().forEach(member -> all.put(member.id(), member.zone()));
        other.ifPresent(placed -> placed.members().members().forEach(member -> all.put(member.id(), member.zone())));
        this.zones = Collections.unmodifiableNavigableMap(all);
        this.draining = table.stream()
                .filter(entry -> entry.standing() == Standing.DRAINING)
                .map(MemberEntry::id)
                .toList();
        this.digest = table.ringDigest();
    }

    /** The ring of members of whom none comes or goes. */
    public static Ring of(Members members) {
        return of(MemberTable.founding(members));
    }

    /** The ring by a member table. */
    public static Ring of(MemberTable table) {
        Change change = Change.of(table);
        return new Ring(Placed.of(change.reading()), change.other().map(Placed::of), table);
    }

    /** Those that reads go to. */
    public Members members() {
        return reading.members();
    }

    /** Everybody that is written to or read from. */
    public NavigableSet<String> nodes() {
        return zones.navigableKeySet();
    }

    /** What fails together with a node; empty when the node is neither written to nor read from. */
    public Optional<String> zoneOf(String node) {
        return Optional.ofNullable(zones.get(node));
    }

    /** Everybody that may hold copies: those that have just gone, too, until others have confirmed what they had. */
    public NavigableSet<String> holders() {
        NavigableSet<String> ids = new TreeSet<>(nodes());
        ids.addAll(draining);
        return ids;
    }

    /** Equal only for rings of the same members with the same standings: what was decided under another ring may not hold here. */
    public long digest() {
        return digest;
    }

    public int partitions() {
        return reading.members().partitions();
    }

    /** The token's top bits. */
    public int partitionOf(Key key) {
        return partitionOf(key.token());
    }

    public int partitionOf(long token) {
        return partitions() == 1 ? 0 : (int) (token >>> (64 - Integer.numberOfTrailingZeros(partitions())));
    }

    /** All node ids that reads may go to, most preferred first. */
    public List<String> preference(int partition) {
        return reading.preferences().get(partition);
    }

    /** The list that was in force before, or will be next; empty when nobody comes or goes. */
    public Optional<List<String>> otherPreference(int partition) {
        return other.map(placed -> placed.preferences().get(partition));
    }

    /** Whether somebody comes or goes. */
    public boolean isChanging() {
        return other.isPresent();
    }

    /** Whether a node is among the first n of either list. */
    public boolean keeps(String node, int partition, int n) {
        return isAmong(node, preference(partition), n)
                || otherPreference(partition)
                        .filter(list -> isAmong(node, list, n))
                        .isPresent();
    }

    /** Whether all that a change moves was copied, so that reads go by the new list. */
    public boolean isCopied() {
        return copied;
    }

    /** The partitions that have a node among the first n of the new list and not of the old one; none when nobody comes or goes. */
    public List<Integer> gains(String node, int n) {
        return IntStream.range(0, other.isPresent() ? partitions() : 0)
                .filter(partition -> isAmong(node, copied ? preference(partition) : changed(partition), n)
                        && !isAmong(node, copied ? changed(partition) : preference(partition), n))
                .boxed()
                .toList();
    }

    private List<String> changed(int partition) {
        return otherPreference(partition).orElseThrow();
    }

    private static boolean isAmong(String node, List<String> preference, int n) {
        int rank = preference.indexOf(node);
        return rank >= 0 && rank < n;
    }

    /** The last token of a partition, unsigned. */
    public long lastToken(int partition) {
        return partition + 1 == partitions() ? -1 : firstToken(partition + 1) - 1;
    }

    /** The first token of a partition, unsigned; its storage range ends where the next one begins. */
    public long firstToken(int partition) {
        return partitions() == 1 ? 0 : (long) partition << (64 - Integer.numberOfTrailingZeros(partitions()));
    }
}
