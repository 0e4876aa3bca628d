package io.quorate.coordinator.operation;

import io.quorate.core.Hash;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the replicas of a read said: each one's digest, and the whole state behind every digest seen so far. */
final class Replies {
    private final Map<String, Long> digests = new LinkedHashMap<>();
    private final SortedMap<Long, Siblings> states = new TreeMap<>();
    private final Set<String> wholeOutstanding = new LinkedHashSet<>();
    private final Set<String> damaged = new LinkedHashSet<>();

    Replies() {
        states.put(Fetched.ABSENT.digest(), Siblings.EMPTY);
    }

    void asked(String node, boolean whole) {
        if (whole) {
            wholeOutstanding.add(node);
        }
    }

    void failed(String node) {
        wholeOutstanding.remove(node);
        digests.remove(node);
    }

    void repaired(String node, long digest, Siblings state) {
        damaged.remove(node);
        states.putIfAbsent(digest, state);
        digests.put(node, digest);
    }

    void damaged(String node) {
        damaged.add(node);
    }

    /** Returns the nodes whose state became known by this reply. */
    List<String> add(String node, Fetched fetched) {
        digests.put(node, fetched.digest());
        if (!fetched.digestOnly()) {
            wholeOutstanding.remove(node);
            states.computeIfAbsent(fetched.digest(), digest -> SiblingsCodec.decode(fetched.siblings()));
        }
        List<String> known = new ArrayList<>();
        digests.forEach((replier, digest) -> {
            if (digest == fetched.digest() && states.containsKey(digest)) {
                known.add(replier);
            }
        });
        return known;
    }

    /** Nodes that gave a digest of a state nobody has shown yet. */
    List<String> unexplained() {
        List<String> nodes = new ArrayList<>();
        digests.forEach((node, digest) -> {
            if (!states.containsKey(digest)) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    boolean isWholeOutstanding() {
        return !wholeOutstanding.isEmpty();
    }

    Siblings merged() {
        if (states.size() == 1) {
            return Siblings.EMPTY;
        }
        Siblings merged = null;
        for (Map.Entry<Long, Siblings> state : states.entrySet()) {
            if (state.getKey() != Fetched.ABSENT.digest()) {
                merged = merged == null ? state.getValue() : merged.merge(state.getValue());
            }
        }
        return merged;
    }

    /** Nodes whose state has that digest. */
    List<String> holders(long digest) {
        return digests.entrySet().stream()
                .filter(entry -> entry.getValue() == digest)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many different states there are, absence not among them. */
    int states() {
        return states.size() - 1;
    }

    /** Nodes known not to hold that state, and what they hold instead. */
    SortedMap<String, String> lacking(Siblings state) {
        SortedMap<String, String> lacking = new TreeMap<>();
        long digest = state.isEmpty() ? Fetched.ABSENT.digest() : Hash.of(SiblingsCodec.encode(state));
        for (String node : stale(digest)) {
            boolean absent = digests.getOrDefault(node, digest) == Fetched.ABSENT.digest();
            lacking.put(node, damaged.contains(node) ? "damaged" : absent ? "absent" : "stale");
        }
        return lacking;
    }

    /** Whether all that replied hold one state, so that nobody lacks anything. */
    boolean areAlike() {
        Long first = null;
        for (Long digest : digests.values()) {
            if (first != null && !first.equals(digest)) {
                return false;
            }
            first = digest;
        }
        return damaged.isEmpty();
    }

    /** Nodes known not to hold the state of that digest: they replied with another, or their copy is damaged. */
    List<String> stale(long digest) {
        List<String> stale = new ArrayList<>(damaged);
        digests.forEach((node, theirs) -> {
            if (theirs != digest) {
                stale.add(node);
            }
        });
        return stale;
    }
}
