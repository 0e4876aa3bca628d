package io.quorate.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Change;
import io.quorate.node.storage.cache.ValueCache;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The overlay of changes that are not settled yet. */
final class PendingWritesTest {
    private static final Bytes KEY = Bytes.utf8("key");

    private final PendingWrites pending = new PendingWrites(new ValueCache(1_000), settled -> {});

    @Test
    void showsAgainWhatARefusedBatchHid() {
        PendingChange first = change("first");
        pending.add(List.of(first));
        List<PendingChange> refused = List.of(change("refused"), change("refused twice"));

        pending.undo(refused, pending.add(refused));

        assertThat(pending.get(KEY)).contains(first);
    }

    @Test
    void leavesNothingOfARefusedBatchThatHidNothing() {
        List<PendingChange> refused = List.of(change("refused"));

        pending.undo(refused, pending.add(refused));

        assertThat(pending.isEmpty()).isTrue();
    }

    private static PendingChange change(String value) {
        return new PendingChange(new Change(KEY, Optional.of(Bytes.utf8(value)), 0));
    }
}
