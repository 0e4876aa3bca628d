package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a shard hears of damage. Only used on the shard.
 *
 * <p>While a write of the key is pending, the damaged record is not what the shard sees, and the news waits: when the write
 * succeeds there is nothing to tell, and when it fails the damaged record is seen again.
 */
final class DamageNews {
    private final Predicate<Bytes> isPending;
    private final Predicate<Bytes> isDamaged;
    private final Consumer<Entry> forget;
    private final Map<Bytes, Entry> postponed = new LinkedHashMap<>();
    private Consumer<Entry> listener = entry -> {};

    DamageNews(Predicate<Bytes> isPending, Predicate<Bytes> isDamaged, Consumer<Entry> forget) {
        this.isPending = isPending;
        this.isDamaged = isDamaged;
        this.forget = forget;
    }

    void setListener(Consumer<Entry> next) {
        listener = next;
    }

    void hear(Entry entry) {
        if (isPending.test(entry.key())) {
            postponed.put(entry.key(), entry);
        } else {
            tell(entry);
        }
    }

    /** Some writes are pending no more. */
    void tellPostponed() {
        if (postponed.isEmpty()) {
            return;
        }
        List<Entry> due = new ArrayList<>(postponed.values());
        due.removeIf(entry -> isPending.test(entry.key()));
        for (Entry entry : due) {
            postponed.remove(entry.key());
            if (isDamaged.test(entry.key())) {
                tell(entry);
            }
        }
    }

    private void tell(Entry entry) {
        forget.accept(entry);
        listener.accept(entry);
    }
}
