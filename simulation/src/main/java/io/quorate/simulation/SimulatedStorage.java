package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Storage;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The storage of one life over its disk. Batches are visible at once and become durable in groups: while one group is being
 * written the next one gathers.
 */
final class SimulatedStorage implements Storage {
    private record Read(Bytes from) {}

    private record Written(Outcome outcome, int batches, long digest) {}

    private final Life life;
    private final SimulatedDisk disk;
    private final RandomGenerator random;
    private boolean writing;
    private Consumer<Entry> onDamage = entry -> {};

    SimulatedStorage(Life life, SimulatedDisk disk, RandomGenerator random) {
        this.life = life;
        this.disk = disk;
        this.random = random;
    }

    @Override
    public void get(Bytes key, Consumer<Stored> done) {
        answer(key, () -> find(key), done);
    }

    @Override
    public void onDamage(Consumer<Entry> listener) {
        onDamage = listener;
    }

    /** What is there; and when it is damage that nobody knew of, tells that first. */
    private Stored find(Bytes key) {
        if (disk.isRotten(key)) {
            onDamage.accept(disk.quarantine(key));
        }
        return disk.get(key);
    }

    @Override
    public void range(Bytes from, Bytes to, int limit, Consumer<List<Entry>> done) {
        answer(from, () -> disk.range(from, to, limit), done);
    }

    /** Inside the call, or later; and if later, with what there was at the call or what there is then. */
    private <T> void answer(Bytes key, Supplier<T> read, Consumer<T> done) {
        boolean cached = random.nextDouble() < faults().cachedChance();
        boolean early = random.nextBoolean();
        long delay = faults().read().nanos(random);
        if (life.isOver()) {
            return;
        }
        if (cached) {
            done.accept(read.get());
        } else if (early) {
            T found = read.get();
            life.later(delay, EventKind.DISK, new Read(key), () -> done.accept(found));
        } else {
            life.later(delay, EventKind.DISK, new Read(key), () -> done.accept(read.get()));
        }
    }

    @Override
    public void apply(List<Change> batch, Consumer<Outcome> done) {
        if (life.isOver()) {
            return;
        }
        if (disk.refuses()) {
            done.accept(Outcome.READ_ONLY);
        } else if (disk.waiting() >= faults().waitingMax()) {
            done.accept(Outcome.OVERLOADED);
        } else {
            disk.apply(batch, done);
            writeWhatWaits();
        }
    }

    private void writeWhatWaits() {
        if (!writing && disk.waiting() > 0) {
            writing = true;
            int group = disk.waiting();
            life.later(faults().commit().nanos(random), EventKind.DISK, "", () -> written(group));
        }
    }

    private void written(int group) {
        writing = false;
        SimulatedDisk.Ended ended = disk.write(group);
        long digest = 0;
        for (Batch batch : ended.batches()) {
            digest = Hash.mix(digest, batch.digest());
        }
        life.world()
                .note(
                        EventKind.DISK,
                        life.node(),
                        new Written(ended.outcome(), ended.batches().size(), digest));
        writeWhatWaits();
        ended.batches().forEach(batch -> batch.tell(ended.outcome()));
    }

    private Faults.Disk faults() {
        return life.world().faults().disk();
    }
}
