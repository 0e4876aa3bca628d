package io.quorate.node.replica;

import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Stored;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Up to what time each partition was reaped here: what is older and not known to a replica with that horizon is dead, and must not
 * come back from one that missed the reaping.
 */
public final class Horizons {
    private static final int READS_AT_ONCE = 64;

    private final Storage storage;

    Horizons(Storage storage) {
        this.storage = storage;
    }

    /** Reads those of all partitions that have one, of all shards. */
    public void read(Consumer<SortedMap<Integer, Long>> done) {
        SortedMap<Integer, Long> horizons = new TreeMap<>();
        storage.range(
                StorageKeys.horizonsBegin(),
                StorageKeys.horizonsEnd(),
                Integer.MAX_VALUE,
                entries -> Parallel.run(
                        entries,
                        READS_AT_ONCE,
                        (entry, whenDone) -> storage.get(entry.key(), stored -> {
                            if (stored instanceof Stored.Present present) {
                                horizons.put(
                                        StorageKeys.horizonPartition(entry.key()),
                                        new ByteReader(present.value()).int64());
                            }
                            whenDone.run();
                        }),
                        () -> done.accept(horizons)));
    }

    static Change change(int partition, long horizon) {
        Bytes value = new ByteWriter(Long.BYTES).int64(horizon).toBytes();
        return new Change(StorageKeys.horizon(partition), Optional.of(value), 0);
    }
}
