package io.quorate.node.cli.transfer;

import java.util.TreeSet;

/** Which lines are finished, though they finish in any order: all up to one, and some beyond it. */
final class Finished {
    private final TreeSet<Long> beyond = new TreeSet<>();
    private long through;

    Finished(long through) {
        this.through = through;
    }

    void add(long line) {
        beyond.add(line);
        while (!beyond.isEmpty() && beyond.first() == through + 1) {
            beyond.pollFirst();
            through++;
        }
    }

    /** The last line before which none is missing. */
    long through() {
        return through;
    }

    /** How far the first missing line holds up what was finished after it. */
    int waiting() {
        return beyond.size();
    }
}
