package io.quorate.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OldestDebtsTest {
    @Test
    void keepsTheOldestInTheirOrder() {
        OldestDebts oldest = new OldestDebts(3);

        show(oldest, 50, 20, 40, 10, 30);

        assertThat(ages(oldest)).containsExactly(10, 20, 30);
        assertThat(oldest.isComplete()).isFalse();
    }

    @Test
    void keepsAllWhileThereIsRoom() {
        OldestDebts oldest = new OldestDebts(3);

        show(oldest, 2, 1, 2);

        assertThat(ages(oldest)).containsExactly(1, 2, 2);
        assertThat(oldest.isComplete()).isTrue();
    }

    /** Seconds since 1970 are not positive for ever. */
    @Test
    void goesOnAfterTheYear2038() {
        OldestDebts oldest = new OldestDebts(2);

        show(oldest, Integer.MIN_VALUE, Integer.MAX_VALUE);

        assertThat(ages(oldest)).containsExactly(Integer.MAX_VALUE, Integer.MIN_VALUE);
    }

    private static void show(OldestDebts oldest, int... seconds) {
        IntStream.of(seconds).forEach(second -> oldest.show(new Entry(Bytes.utf8("key-" + second), 0, 0, second)));
    }

    private static List<Integer> ages(OldestDebts oldest) {
        return oldest.inOrder().stream().map(Entry::tag).toList();
    }
}
