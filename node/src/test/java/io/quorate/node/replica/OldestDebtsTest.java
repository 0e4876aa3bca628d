package io.quorate.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** More than fit into it twice, so that it sorts them out while it is shown more. */
    @Test
    void keepsTheOldestOfMany() {
        OldestDebts oldest = new OldestDebts(100);
        List<Integer> seconds = new ArrayList<>(
                IntStream.range(0, 10_000).map(i -> i / 2).boxed().toList());
        Collections.shuffle(seconds, new Random(1));

        show(oldest, seconds.stream().mapToInt(second -> second).toArray());

        assertThat(ages(oldest))
                .isEqualTo(IntStream.range(0, 100).map(i -> i / 2).boxed().toList());
        assertThat(oldest.isComplete()).isFalse();
    }

    @Test
    void debtsOfOneAgeStayInTheOrderOfTheList() {
        OldestDebts oldest = new OldestDebts(3);

        Stream.of("d", "b", "long ".repeat(500), "a", "c", "f", "e")
                .forEach(key -> oldest.show(new Entry(Bytes.utf8(key), 0, 0, 1)));

        assertThat(keys(oldest)).containsExactly("d", "b", "long ".repeat(500));
    }

    @Test
    void ofLongKeysItKeepsFewer() {
        OldestDebts oldest = new OldestDebts(1_000);
        String padding = "x".repeat(100_000);

        IntStream.range(0, 300).forEach(i -> oldest.show(new Entry(Bytes.utf8(300 - i + padding), 0, 0, 300 - i)));

        assertThat(keys(oldest).stream().map(key -> Integer.valueOf(key.replace("x", ""))))
                .hasSizeBetween(10, 30)
                .startsWith(1, 2, 3)
                .isSorted();
        assertThat(oldest.isComplete()).isFalse();
    }

    @Test
    void aKeyOfAnyLengthIsKept() {
        OldestDebts oldest = new OldestDebts(2);
        String key = "x".repeat(5 << 20);

        oldest.show(new Entry(Bytes.utf8(key), 0, 0, 1));

        assertThat(keys(oldest)).containsExactly(key);
        assertThat(oldest.isComplete()).isTrue();
    }

    @Test
    void nothingShownIsNothingKept() {
        assertThat(keys(new OldestDebts(3))).isEmpty();
    }

    private static void show(OldestDebts oldest, int... seconds) {
        IntStream.of(seconds).forEach(second -> oldest.show(new Entry(Bytes.utf8("key-" + second), 0, 0, second)));
    }

    private static List<Integer> ages(OldestDebts oldest) {
        return keys(oldest).stream()
                .map(key -> Integer.valueOf(key.substring(4)))
                .toList();
    }

    private static List<String> keys(OldestDebts oldest) {
        List<String> keys = new ArrayList<>();
        oldest.inOrder().forEachRemaining(key -> keys.add(key.toUtf8()));
        return keys;
    }
}
