package io.quorate.node.storage.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.node.storage.index.IndexEntry;
import io.quorate.node.storage.segment.Place;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys found in rising order, with few looks at the index. */
class IndexCursorTest {
    private final TreeMap<Bytes, Place> index = new TreeMap<>();
    private int looks;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 256})
    void everyKeyIsFoundWhereTheIndexHasIt(int chunk) {
        IntStream.range(0, 500).filter(i -> i % 3 == 0).forEach(i -> index.put(key(i), place(i)));
        IndexCursor cursor = new IndexCursor(this::range, chunk);

        for (int i = 0; i < 600; i++) {
            assertThat(cursor.find(key(i))).isEqualTo(Optional.ofNullable(index.get(key(i))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256})
    void keysBeyondTheLastCostOneLook(int chunk) {
        index.put(key(0), place(0));
        IndexCursor cursor = new IndexCursor(this::range, chunk);
        assertThat(cursor.find(key(0))).contains(place(0));
        looks = 0;

        for (int i = 1; i <= 1_000; i++) {
            assertThat(cursor.find(key(i))).isEmpty();
        }

        assertThat(looks).isLessThanOrEqualTo(1);
    }

    @Test
    void keysLyingDenselyShareALook() {
        IntStream.range(0, 1_000).forEach(i -> index.put(key(i), place(i)));
        IndexCursor cursor = new IndexCursor(this::range, 100);

        IntStream.range(0, 1_000).forEach(i -> assertThat(cursor.find(key(i))).contains(place(i)));

        assertThat(looks).isEqualTo(10);
    }

    private List<IndexEntry> range(byte[] from, Optional<byte[]> to, int limit) {
        looks++;
        return index.tailMap(Bytes.wrap(from)).entrySet().stream()
                .limit(limit)
                .map(entry -> new IndexEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Bytes key(int i) {
        return Bytes.wrap(new byte[] {(byte) (i >> 8), (byte) i});
    }

    private static Place place(int i) {
        return new Place(1, i, 10, 0, 0, false);
    }
}
