package io.quorate.node.replica;

import io.quorate.core.port.Storage.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The oldest of the debts that it is shown, as many as it may keep: a list of debts may be longer than memory. */
final class OldestDebts {
    private static final Comparator<Entry> BY_AGE =
            ((Comparator<Entry>) (a, b) -> Integer.compareUnsigned(a.tag(), b.tag())).thenComparing(Entry::key);

    private final int countMax;
    private final PriorityQueue<Entry> oldest = new PriorityQueue<>(BY_AGE.reversed());
    private boolean complete = true;

    OldestDebts(int countMax) {
        this.countMax = countMax;
    }

    void show(Entry debt) {
        if (oldest.size() == countMax) {
            complete = false;
            if (BY_AGE.compare(debt, oldest.peek()) >= 0) {
                return;
            }
            oldest.poll();
        }
        oldest.add(debt);
    }

    /** Whether it keeps all that it was shown. */
    boolean isComplete() {
        return complete;
    }

    List<Entry> inOrder() {
        List<Entry> debts = new ArrayList<>(oldest);
        debts.sort(BY_AGE);
        return debts;
    }
}
