package io.quorate.core.ring;

import io.quorate.core.Key;
import io.quorate.core.cluster.Members;
import java.util.List;

/** The preference list of every partition: all members, the first n of them its primaries, the rest its fallbacks. */
public final class Ring {
    private final Members members;
    private final List<List<String>> preferences;

    private Ring(Members members, List<List<String>> preferences) {
        this.members = members;
        this.preferences = preferences;
    }

    public static Ring of(Members members) {
        return new Ring(members, Placement.of(members));
    }

    public Members members() {
        return members;
    }

    public int partitions() {
        return members.partitions();
    }

    /** The token's top bits. */
    public int partitionOf(Key key) {
        return partitionOf(key.token());
    }

    public int partitionOf(long token) {
        return partitions() == 1 ? 0 : (int) (token >>> (64 - Integer.numberOfTrailingZeros(partitions())));
    }

    /** All node ids, most preferred first. */
    public List<String> preference(int partition) {
        return preferences.get(partition);
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
