package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A batch that is visible and not yet durable, with what it takes to undo it. */
final class Batch {
    private record Before(Bytes key, Row row) {}

    private final List<Before> undo = new ArrayList<>();
    private final Consumer<Outcome> done;
    private long digest;

    Batch(Consumer<Outcome> done) {
        this.done = done;
    }

    void apply(List<Change> changes, SortedMap<Bytes, Row> rows) {
        for (Change change : changes) {
            Bytes key = change.key();
            Row row = change.value().map(value -> Row.of(value, change.tag())).orElse(null);
            undo.add(new Before(key, row == null ? rows.remove(key) : rows.put(key, row)));
            digest = Hash.mix(digest, Hash.mix(Hash.of(key), row == null ? 0 : row.digest() + row.tag()));
        }
    }

    /** Only right when every batch after it has been undone. */
    void undo(SortedMap<Bytes, Row> rows) {
        for (int i = undo.size() - 1; i >= 0; i--) {
            Before before = undo.get(i);
            if (before.row() == null) {
                rows.remove(before.key());
            } else {
                rows.put(before.key(), before.row());
            }
        }
    }

    /** Of what it changed, for the trace. */
    long digest() {
        return digest;
    }

    void tell(Outcome outcome) {
        done.accept(outcome);
    }
}
