package io.quorate.coordinator.operation;

import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.State;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that replicas have said of a group, round after round, and whether it is a consistent cut of its history (Chandy and Lamport,
 * "Distributed Snapshots", 1985): with a write, it shows every write that was acknowledged before that one was issued.
 *
 * <p>It is as soon as r replicas are known to have answered after all of it was issued, for one of them holds whatever was
 * acknowledged by then. So much is known of a replica that has all of it itself, and of every replica of a round that brought
 * nothing new, since all of it was known here when they were asked.
 */
final class GroupCut {
    private final NavigableMap<Key, Siblings> merged = new TreeMap<>();
    private final NavigableMap<Key, Long> digests = new TreeMap<>();
    private final Map<String, SortedMap<Key, Long>> said = new LinkedHashMap<>();
    private boolean grown;

    /** All replicas are about to be asked, anew. */
    void beginRound() {
        said.clear();
        grown = false;
    }

    /** Takes what a replica said in this round. */
    void add(String node, List<State> states) {
        SortedMap<Key, Long> theirs = new TreeMap<>();
        for (State state : states) {
            long digest = Hash.of(state.siblings());
            theirs.put(state.key(), digest);
            Long known = digests.get(state.key());
            if (known == null || known != digest) {
                learn(state.key(), SiblingsCodec.decode(state.siblings()));
            }
        }
        said.put(node, theirs);
    }

    private void learn(Key key, Siblings theirs) {
        Siblings before = merged.getOrDefault(key, Siblings.EMPTY);
        Siblings after = before.merge(theirs);
        if (!after.equals(before)) {
            merged.put(key, after);
            digests.put(key, Hash.of(SiblingsCodec.encode(after)));
            grown = true;
        }
    }

    /** Replicas that have answered in this round. */
    int replies() {
        return said.size();
    }

    boolean isConsistent(int needed) {
        long late = grown ? said.values().stream().filter(digests::equals).count() : said.size();
        return late >= needed;
    }

    NavigableMap<Key, Siblings> merged() {
        return Collections.unmodifiableNavigableMap(merged);
    }

    /** Keys of which that replica said in this round that it has less than is known. */
    List<Key> staleAt(String node) {
        SortedMap<Key, Long> theirs = said.getOrDefault(node, digests);
        List<Key> stale = new ArrayList<>();
        digests.forEach((key, digest) -> {
            if (!digest.equals(theirs.get(key))) {
                stale.add(key);
            }
        });
        return stale;
    }
}
