package io.quorate.node.simulation;

import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.version.Sibling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The oracle of groups: every write, what it replaces, and what of its group was acknowledged before it was issued. */
final class GroupHistory {
    private final List<Posted> all = new ArrayList<>();
    private int comparisons;

    /** One write; its value is its number. */
    static final class Posted {
        final int id;
        final Key key;
        /** What its client had seen of the key. */
        final BitSet past;
        /** What had been acknowledged of the group. */
        final BitSet due;

        boolean acknowledged;

        Posted(int id, Key key, BitSet past, BitSet due) {
            this.id = id;
            this.key = key;
            this.past = past;
            this.due = due;
        }

        Bytes value() {
            return Bytes.utf8(Integer.toString(id));
        }
    }

    /** A write is about to be issued. */
    Posted issue(Key key, BitSet past) {
        Posted posted =
                new Posted(all.size(), key, past, acknowledged(Group.of(key).orElseThrow()));
        all.add(posted);
        return posted;
    }

    BitSet acknowledged(Group group) {
        BitSet ids = new BitSet();
        for (Posted posted : all) {
            if (posted.acknowledged && group.contains(posted.key)) {
                ids.set(posted.id);
            }
        }
        return ids;
    }

    int issued() {
        return all.size();
    }

    int acknowledged() {
        return (int) all.stream().filter(posted -> posted.acknowledged).count();
    }

    /** Writes that answers were found to show together with all that had to come with them. */
    int comparisons() {
        return comparisons;
    }

    /** Fails when an answer shows a write without one that was acknowledged before it was issued. */
    void requirePrefix(GroupAnswer answer) {
        BitSet seen = seenIn(answer);
        for (GroupAnswer.Entry entry : answer.entries()) {
            for (Posted shown : shown(entry)) {
                comparisons++;
                require(shown.due, seen, shown.id + " of " + shown.key);
            }
        }
    }

    /** Fails when an answer lacks one of these writes. */
    void require(BitSet due, GroupAnswer answer, String where) {
        require(due, seenIn(answer), where);
    }

    private static void require(BitSet due, BitSet seen, String shown) {
        BitSet missing = (BitSet) due.clone();
        missing.andNot(seen);
        if (!missing.isEmpty()) {
            throw new ViolationException(
                    shown + " is shown without " + missing + ", which were acknowledged before it");
        }
    }

    private BitSet seenIn(GroupAnswer answer) {
        BitSet seen = new BitSet();
        answer.entries().forEach(entry -> seen.or(seenIn(entry)));
        return seen;
    }

    /** What an answer shows of a key, and all that had been seen by what it shows. */
    BitSet seenIn(GroupAnswer.Entry entry) {
        BitSet seen = new BitSet();
        for (Posted shown : shown(entry)) {
            seen.or(shown.past);
            seen.set(shown.id);
        }
        return seen;
    }

    private List<Posted> shown(GroupAnswer.Entry entry) {
        return entry.read().versions().stream().map(this::identify).toList();
    }

    private Posted identify(Sibling version) {
        return all.get(Integer.parseInt(version.value().orElseThrow().toUtf8()));
    }
}
