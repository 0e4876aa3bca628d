package io.quorate.coordinator.operation;

import io.quorate.core.Hash;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the replicas of a read said: each one's digest, and the whole state behind every digest seen so far. */
final class Replies {
    /** One a node, as it said last. Lists and no maps, here and below: a handful is found sooner by looking at each. */
    private final List<Said> said = new ArrayList<>(4);

    private final List<Known> states = new ArrayList<>(2);
    private final List<String> wholeOutstanding = new ArrayList<>(2);
    private final Set<String> damaged = new LinkedHashSet<>(0);

    private record Said(String node, long digest) {}

    private record Known(long digest, Siblings state) {}

    Replies() {
        states.add(new Known(Fetched.ABSENT.digest(), Siblings.EMPTY));
    }

    void asked(String node, boolean whole) {
        if (whole && !wholeOutstanding.contains(node)) {
            wholeOutstanding.add(node);
        }
    }

    void failed(String node) {
        wholeOutstanding.remove(node);
        said.removeIf(one -> one.node().equals(node));
    }

    void repaired(String node, long digest, Siblings state) {
        damaged.remove(node);
        if (!isKnown(digest)) {
            states.add(new Known(digest, state));
        }
        say(node, digest);
    }

    void damaged(String node) {
        damaged.add(node);
    }

    /** Returns the nodes whose state became known by this reply. */
    List<String> add(String node, Fetched fetched) {
        say(node, fetched.digest());
        boolean known = isKnown(fetched.digest());
        if (!fetched.digestOnly()) {
            wholeOutstanding.remove(node);
            if (!known) {
                states.add(new Known(fetched.digest(), SiblingsCodec.decode(fetched.siblings())));
                known = true;
            }
        }
        return known ? holders(fetched.digest()) : List.of();
    }

    private void say(String node, long digest) {
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i).node().equals(node)) {
                said.set(i, new Said(node, digest));
                return;
            }
        }
        said.add(new Said(node, digest));
    }

    private boolean isKnown(long digest) {
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).digest() == digest) {
                return true;
            }
        }
        return false;
    }

    /** Nodes that gave a digest of a state nobody has shown yet. */
    List<String> unexplained() {
        return nodes(one -> !isKnown(one.digest()));
    }

    boolean isWholeOutstanding() {
        return !wholeOutstanding.isEmpty();
    }

    Siblings merged() {
        if (states.size() == 1) {
            return Siblings.EMPTY;
        }
        Siblings merged = states.get(1).state();
        for (int i = 2; i < states.size(); i++) {
            merged = merged.merge(states.get(i).state());
        }
        return merged;
    }

    /** Nodes whose state has that digest. */
    List<String> holders(long digest) {
        return nodes(one -> one.digest() == digest);
    }

    private List<String> nodes(Predicate<Said> which) {
        List<String> nodes = new ArrayList<>(said.size());
        for (int i = 0; i < said.size(); i++) {
            if (which.test(said.get(i))) {
                nodes.add(said.get(i).node());
            }
        }
        return nodes;
    }

    /** How many different states there are, absence not among them. */
    int states() {
        return states.size() - 1;
    }

    /** Nodes known not to hold that state, and what they hold instead. */
    SortedMap<String, String> lacking(Siblings state) {
        SortedMap<String, String> lacking = new TreeMap<>();
        long digest = state.isEmpty() ? Fetched.ABSENT.digest() : Hash.of(SiblingsCodec.encode(state));
        List<String> absentees = holders(Fetched.ABSENT.digest());
        for (String node : stale(digest)) {
            boolean absent = absentees.contains(node);
            lacking.put(node, damaged.contains(node) ? "damaged" : absent ? "absent" : "stale");
        }
        return lacking;
    }

    /** Whether all that replied hold one state, so that nobody lacks anything. */
    boolean areAlike() {
        for (int i = 1; i < said.size(); i++) {
            if (said.get(i).digest() != said.get(0).digest()) {
                return false;
            }
        }
        return damaged.isEmpty();
    }

    /** Nodes known not to hold the state of that digest: they replied with another, or their copy is damaged. */
    List<String> stale(long digest) {
        List<String> stale = new ArrayList<>(damaged);
        stale.addAll(nodes(one -> one.digest() != digest));
        return stale;
    }
}
