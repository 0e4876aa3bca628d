package io.quorate.antientropy;

import io.quorate.antientropy.ReplicaKeys.KeyEntry;
import io.quorate.antientropy.ReplicaKeys.Listing;
import io.quorate.core.Bytes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Builds the trees of one partition after the other by going through the stored keys, while writes go on.
 *
 * <p>A change behind the cursor is applied to the tree. One ahead of it will be found there. Between the two lies the page that is
 * being read, and whether it was read before or after the change cannot be known: so the change is remembered, and stands in for
 * what the page says of its key.
 */
final class TreeBuild {
    private static final int PAGE = 1_000;
    private static final int NONE = -1;

    private final KeyTrees trees;
    private final ReplicaKeys keys;
    private final Runnable whenBuilt;
    private final Deque<Integer> queue = new ArrayDeque<>();
    private final NavigableMap<Bytes, KeyState> overtaken = new TreeMap<>();

    private int partition = NONE;
    private Bytes cursor = Bytes.EMPTY;
    private boolean restarted;
    private boolean looping;
    private boolean pageWanted;

    /**
     * Prepares to build.
     *
     * @param whenBuilt runs whenever nothing is left to build
     */
    TreeBuild(KeyTrees trees, ReplicaKeys keys, Runnable whenBuilt) {
        this.trees = trees;
        this.keys = keys;
        this.whenBuilt = whenBuilt;
    }

    /** Builds these partitions, from the beginning. */
    void add(Collection<Integer> partitions) {
        for (int added : partitions) {
            trees.clear(added);
            if (added == partition) {
                cursor = Bytes.EMPTY;
                restarted = true;
            } else if (!queue.contains(added)) {
                queue.add(added);
            }
        }
        if (partition == NONE) {
            nextPartition();
            proceed();
        }
    }

    void changed(int changedPartition, Bytes key, KeyState before, KeyState after) {
        if (changedPartition != partition) {
            return;
        }
        if (key.compareTo(cursor) <= 0) {
            trees.apply(partition, key, before, after);
        } else {
            overtaken.put(key, after);
        }
    }

    private void nextPartition() {
        partition = queue.isEmpty() ? NONE : queue.poll();
        cursor = Bytes.EMPTY;
    }

    /** Asks for page after page; one that is there at once must not deepen the stack. */
    private void proceed() {
        pageWanted = true;
        if (looping) {
            return;
        }
        looping = true;
        while (pageWanted && partition != NONE) {
            pageWanted = false;
            readPage();
        }
        looping = false;
        if (partition == NONE) {
            whenBuilt.run();
        }
    }

    private void readPage() {
        overtaken.clear();
        restarted = false;
        long first = trees.ring().firstToken(partition);
        long last = trees.ring().lastToken(partition);
        keys.list(first, last, cursor, PAGE, this::onPage);
    }

    private void onPage(Listing page) {
        if (!restarted) {
            take(page);
        }
        proceed();
    }

    private void take(Listing page) {
        for (KeyEntry entry : page.entries()) {
            if (!overtaken.containsKey(entry.key())) {
                trees.apply(partition, entry.key(), KeyState.ABSENT, entry.state());
            }
        }
        Map<Bytes, KeyState> within = overtaken;
        if (page.more()) {
            cursor = page.entries().get(page.entries().size() - 1).key();
            within = overtaken.headMap(cursor, true);
        }
        within.forEach((key, state) -> trees.apply(partition, key, KeyState.ABSENT, state));
        if (!page.more()) {
            trees.markBuilt(partition);
            nextPartition();
        }
    }
}
