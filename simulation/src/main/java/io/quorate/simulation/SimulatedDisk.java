package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What of a process outlives it: its rows, and the batches that are visible and not yet durable, of which a crash keeps some
 * prefix. Its owner may be told that it is full or failing, and single rows can be damaged.
 */
public final class SimulatedDisk {
    private enum Health {
        GOOD,
        FULL,
        FAILING
    }

    /** Batches that ended alike. */
    record Ended(Outcome outcome, List<Batch> batches) {}

    private final World world;
    private final String node;
    private final RandomGenerator random;
    private final Deque<Batch> pending = new ArrayDeque<>();
    private SortedMap<Bytes, Row> rows = new TreeMap<>();
    private Optional<CleanStop> cleanStop = Optional.empty();
    private Health health = Health.GOOD;
    private boolean knownFull;
    private boolean open;

    SimulatedDisk(World world, String node) {
        this.world = world;
        this.node = node;
        this.random = world.random("disk/" + node);
    }

    /** While it is full, batches end READ_ONLY and nothing of them is kept; perhaps it is noticed only when writing. */
    public void setFull(boolean full) {
        become(full ? Health.FULL : Health.GOOD);
        knownFull = full && random.nextDouble() >= world.faults().disk().lateRefusalChance();
    }

    /** While it is failing, batches end FAILED, and any prefix of them may be kept. */
    public void setFailing(boolean failing) {
        become(failing ? Health.FAILING : Health.GOOD);
        knownFull = false;
    }

    private void become(Health health) {
        this.health = health;
        note("disk is " + health);
    }

    public boolean isFull() {
        return health == Health.FULL;
    }

    /** Reads of the key find damage until it is written again; false when there is nothing to damage. */
    public boolean damage(Bytes key) {
        note("damage");
        return rows.computeIfPresent(key, (same, row) -> row.damage()) != null;
    }

    /** A backup of what is durable now. */
    public DiskSnapshot snapshot() {
        SortedMap<Bytes, Row> durable = new TreeMap<>(rows);
        for (Iterator<Batch> last = pending.descendingIterator(); last.hasNext(); ) {
            last.next().undo(durable);
        }
        return new DiskSnapshot(durable, cleanStop);
    }

    /** Puts a backup back the way one should: the next start knows that it follows no clean stop. */
    public void restore(DiskSnapshot snapshot) {
        replace(snapshot.rows(), Optional.empty(), "restored");
    }

    /** Puts a backup back with the mark of the clean stop it was taken after, as a plain copy of the folder does. */
    public void restoreUnnoticed(DiskSnapshot snapshot) {
        replace(snapshot.rows(), snapshot.cleanStop(), "restored unnoticed");
    }

    /** Forgets everything. */
    public void wipe() {
        replace(new TreeMap<>(), Optional.empty(), "wiped");
    }

    private void replace(SortedMap<Bytes, Row> with, Optional<CleanStop> mark, String remark) {
        if (open) {
            throw new IllegalStateException(node + " runs: its disk cannot be replaced");
        }
        note("disk is " + remark);
        rows = new TreeMap<>(with);
        cleanStop = mark;
    }

    /** All that can be seen on it, durable or not; damaged rows left out. */
    public SortedMap<Bytes, Bytes> contents() {
        SortedMap<Bytes, Bytes> contents = new TreeMap<>();
        rows.forEach((key, row) -> {
            if (!row.isDamaged()) {
                contents.put(key, row.value());
            }
        });
        return contents;
    }

    /** Hands out the mark of a clean stop, and takes it off: from here on only another clean stop is one. */
    Optional<CleanStop> open() {
        open = true;
        Optional<CleanStop> mark = cleanStop;
        cleanStop = Optional.empty();
        return mark;
    }

    void close(CleanStop mark) {
        switch (health) {
            case GOOD -> pending.clear();
            case FULL -> undoAfter(0);
            case FAILING -> keepSomePrefix(pending.size());
        }
        // A disk that took no more cannot have taken the mark.
        cleanStop = health == Health.GOOD ? Optional.of(mark) : Optional.empty();
        open = false;
    }

    /** Tells how many batches were lost. */
    int crash() {
        int before = pending.size();
        int kept = keepSomePrefix(before);
        open = false;
        return before - kept;
    }

    Stored get(Bytes key) {
        Row row = rows.get(key);
        return row == null ? Stored.ABSENT : row.stored();
    }

    List<Entry> range(Bytes from, Bytes to, int limit) {
        List<Entry> found = new ArrayList<>();
        for (Map.Entry<Bytes, Row> row : rows.tailMap(from).entrySet()) {
            if (found.size() >= limit || row.getKey().compareTo(to) >= 0) {
                break;
            }
            if (row.getValue().isListed()) {
                found.add(row.getValue().entry(row.getKey()));
            }
        }
        return found;
    }

    /** Whether a read of the key would find damage that nobody has found yet. */
    boolean isRotten(Bytes key) {
        Row row = rows.get(key);
        return row != null && row.isRotten();
    }

    /** Lists a damaged row no more, and says how it was listed. */
    Entry quarantine(Bytes key) {
        return rows.computeIfPresent(key, (same, row) -> row.quarantine()).entry(key);
    }

    boolean refuses() {
        return knownFull;
    }

    int waiting() {
        return pending.size();
    }

    void apply(List<Change> changes, Consumer<Outcome> done) {
        Batch batch = new Batch(done);
        batch.apply(changes, rows);
        pending.addLast(batch);
    }

    /** Ends the writing of the first {@code count} batches. When it goes wrong, what was built on them goes with them. */
    Ended write(int count) {
        return switch (health) {
            case GOOD -> new Ended(Outcome.DURABLE, takeFirst(count));
            case FULL -> {
                knownFull = true;
                yield new Ended(Outcome.READ_ONLY, undoAfter(0));
            }
            case FAILING -> {
                List<Batch> all = new ArrayList<>(pending);
                keepSomePrefix(count);
                yield new Ended(Outcome.FAILED, all);
            }
        };
    }

    private List<Batch> takeFirst(int count) {
        List<Batch> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(pending.removeFirst());
        }
        return taken;
    }

    /** Settles all pending batches: some prefix, of at most {@code most}, stays for good. Tells how many stayed. */
    private int keepSomePrefix(int most) {
        int kept = random.nextInt(most + 1);
        undoAfter(kept);
        return kept;
    }

    /** The undone ones, in the order in which they came. */
    private List<Batch> undoAfter(int kept) {
        List<Batch> undone = new ArrayList<>(pending).subList(kept, pending.size());
        for (int i = undone.size() - 1; i >= 0; i--) {
            undone.get(i).undo(rows);
        }
        pending.clear();
        return undone;
    }

    private void note(String what) {
        world.note(EventKind.CONTROL, node, what);
    }
}
