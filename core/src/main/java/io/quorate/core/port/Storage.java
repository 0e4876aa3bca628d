package io.quorate.core.port;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One shard's view of the node's ordered, durable map of bytes to bytes.
 *
 * <p>No call blocks or throws. Callbacks run on this shard; a call that can be answered at once (from a cache) may run its
 * callback before it returns. What {@link #apply} was given is visible to the calls after it at once, and durable when its
 * callback says so.
 */
public interface Storage {
    void get(Bytes key, Consumer<Stored> done);

    /**
     * Entries with {@code from <= key < to}, ascending, at most {@code limit}, from the index alone: values are not read.
     *
     * <p>So it lists a record that has rotted for as long as nobody has found that out. Once found, the record is listed no more,
     * neither now nor after a restart, until its key is written again. To whoever only lists, a damaged key is an absent one.
     */
    void range(Bytes from, Bytes to, int limit, Consumer<List<Entry>> done);

    /**
     * Makes all changes or none, in order with other batches of this shard. An empty batch ends when all before it are durable.
     *
     * <p>A batch that is refused at once is told so inside the call. One that fails later stays visible until the very task that
     * runs its callback, and is gone before that callback runs: no read sees a state that lacks it while its owner still counts on
     * it, and what is built on it meanwhile contains it.
     */
    void apply(List<Change> batch, Consumer<Outcome> done);

    /**
     * Has the listener hear of damage, in the place of any listener before: of each record at the moment when {@link #range} ceases to
     * list it, as it was listed until then, once, and before any {@link #get} that was asked on this shard is answered with it. It may have been found
     * by a read, or in the background.
     *
     * <p>Runs on this shard, but shards that share a store all hear of every record: each must know its own keys. Damage found
     * when the store was opened is not told, for such records have not been listed since.
     */
    void onDamage(Consumer<Entry> listener);

    /** What is stored under a key. */
    sealed interface Stored {
        /**
         * A value that can be read.
         *
         * @param digest {@link Hash} of it, kept with it, so that it need not be hashed again
         */
        record Present(Bytes value, long digest) implements Stored {
            public Present(Bytes value) {
                this(value, Hash.of(value));
            }
        }

        record Absent() implements Stored {}

        /**
         * There is a record and it failed its checksum. It is quarantined and never served, also after a restart; a later write or
         * removal of the key replaces it.
         *
         * @param digest that the index has for the value; zero when that was lost too
         * @param tag that the index has
         */
        record Damaged(long digest, int tag) implements Stored {}

        Stored ABSENT = new Absent();
        /** Damage of which nothing is known, not even whether there was a record. */
        Stored DAMAGED = new Damaged(0, 0);
    }

    /**
     * One key's new value, or its removal.
     *
     * @param digest {@link Hash} of the value; of no meaning when there is none
     * @param tag a small number kept in the index beside the key, for the caller's own use (a key's n)
     */
    record Change(Bytes key, Optional<Bytes> value, long digest, int tag) {
        public Change(Bytes key, Optional<Bytes> value, int tag) {
            this(key, value, value.map(Hash::of).orElse(0L), tag);
        }
    }

    /**
     * One key of the index.
     *
     * @param digest {@link Hash} of the value
     * @param length of the value, in bytes
     */
    record Entry(Bytes key, long digest, int length, int tag) {}

    /** How a batch ended. */
    enum Outcome {
        /** It survives a crash, as far as the configured durability promises. */
        DURABLE,
        /** Nothing of it was kept, because the disk is full; reads go on, and writes will again when there is room. */
        READ_ONLY,
        /** The bound of waiting writes is reached; nothing of it was kept. */
        OVERLOADED,
        /** The disk failed; nothing of it is certain. */
        FAILED
    }
}
