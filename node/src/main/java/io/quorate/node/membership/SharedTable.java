package io.quorate.node.membership;

import io.quorate.core.Bytes;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's copy of a table that all nodes have: durable, and merged with the copy of whoever shows another digest. */
final class SharedTable<T> {
    static final int SHARE_TIMEOUT_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(SharedTable.class);

    private final Kind<T> kind;
    private final Home home;
    private final Consumer<T> onChange;
    private T table;
    private long digest;
    private boolean behind;

    SharedTable(Kind<T> kind, T initial, Home home, Consumer<T> onChange) {
        this.kind = kind;
        set(initial);
        this.home = home;
        this.onChange = onChange;
    }

    /** What differs from one table to another. */
    interface Kind<T> {
        /** For messages to people. */
        String name();

        T merge(T a, T b);

        /** Whether the second holds anything that must outlive this process and is not in the first. */
        boolean mustKeep(T before, T after);

        /** Equal tables have equal digests. */
        long digest(T table);

        Bytes encode(T table);

        T decode(Bytes bytes);

        Request share(T table);

        /** The table in the answer to {@link #share}, if it is one. */
        Optional<T> shared(Reply reply);
    }

    T table() {
        return table;
    }

    /** The table's digest; asked for with every heartbeat, so it is made once for each table. */
    long digest() {
        return digest;
    }

    /** A peer showed the digest of its table: if that is another one, give it ours, take what comes back. */
    void onDigest(String node, long theirs) {
        if (theirs != digest) {
            reconcileWith(node);
        }
    }

    /** Whether the disk lacks something that must be kept, so that the next merge writes it. */
    boolean isBehind() {
        return behind;
    }

    void load(Runnable done) {
        home.storage().get(home.key(), stored -> {
            Optional<T> kept = read(stored);
            kept.ifPresent(table -> adopt(kind.merge(this.table, table)));
            behind = kept.isEmpty() || kind.mustKeep(kept.get(), table);
            done.run();
        });
    }

    /** Merges another copy; {@code done} hears when what must be kept of the result is durable. */
    void merge(T other, Consumer<Outcome> done) {
        T merged = kind.merge(table, other);
        boolean keep = behind || kind.mustKeep(table, merged);
        if (merged.equals(table)) {
            write(keep, done);
            return;
        }
        set(merged);
        write(keep, done);
        onChange.accept(merged);
    }

    /** Goes on from another copy, whatever this one held. */
    void replace(T other) {
        adopt(other);
        write(true, outcome -> {});
    }

    /** Gives a node our copy and takes what comes back. */
    void reconcileWith(String node) {
        home.transport()
                .call(
                        node,
                        kind.share(table),
                        SHARE_TIMEOUT_MILLIS,
                        (from, reply) -> kind.shared(reply).ifPresent(theirs -> merge(theirs, outcome -> {})));
    }

    /** Even when there is nothing to write, what was written before may not be durable yet. */
    private void write(boolean keep, Consumer<Outcome> done) {
        if (!keep) {
            home.storage().apply(List.of(), done);
            return;
        }
        behind = false;
        Change change = new Change(home.key(), Optional.of(kind.encode(table)), 0);
        home.storage().apply(List.of(change), outcome -> {
            if (outcome != Outcome.DURABLE) {
                behind = true;
            }
            done.accept(outcome);
        });
    }

    private void adopt(T newer) {
        if (!newer.equals(table)) {
            set(newer);
            onChange.accept(newer);
        }
    }

    private void set(T newer) {
        table = newer;
        digest = kind.digest(newer);
    }

    private Optional<T> read(Stored stored) {
        if (stored instanceof Stored.Damaged) {
            LOG.warn("the stored {} is damaged; it will be learned again from the other nodes", kind.name());
        }
        return stored instanceof Stored.Present present ? decode(present.value()) : Optional.empty();
    }

    private Optional<T> decode(Bytes bytes) {
        try {
            return Optional.of(kind.decode(bytes));
        } catch (MalformedException e) {
            LOG.warn("the stored {} cannot be read ({}); it will be learned again", kind.name(), e.getMessage());
            return Optional.empty();
        }
    }
}
