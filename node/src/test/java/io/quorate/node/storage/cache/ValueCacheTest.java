package io.quorate.node.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Stored.Present;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ValueCacheTest {
    private static final long BYTES_MAX = 1 << 20;

    private final ValueCache cache = new ValueCache(BYTES_MAX);

    @Test
    void givesTheLastValuePutWhateverItsSize() {
        Bytes key = Bytes.utf8("key");
        for (int length : new int[] {1, 63, 64, 65, 64, 10_000, 10_001, 4_031, 4_032, 4_095, 4_096, 100, 128, 127}) {
            Present value = filled(length);
            cache.put(key, value);
            assertThat(cache.get(key)).contains(value);
        }
        cache.forget(key);
        assertThat(cache.get(key)).isEmpty();
        assertThat(cache.hits()).isEqualTo(14);
        assertThat(cache.misses()).isEqualTo(1);
    }

    @Test
    void anEmptyValueTakesNoRoom() {
        Bytes key = Bytes.utf8("key");
        cache.put(key, filled(100));

        cache.put(key, new Present(Bytes.EMPTY));

        assertThat(cache.get(key)).isEmpty();
        assertThat(cache.bytes()).isZero();
    }

    /** A reader may hold it still, on its way into an answer. */
    @Test
    void aValueThatWasGivenOutIsNotChangedByTheNext() {
        Bytes key = Bytes.utf8("key");
        for (int length : new int[] {100, 10_000}) {
            Present former = filled(length);
            cache.put(key, former);
            Present given = cache.get(key).orElseThrow();

            cache.put(key, filled(length + 1));

            assertThat(given).isEqualTo(filled(length)).isEqualTo(former);
            assertThat(cache.get(key)).contains(filled(length + 1));
        }
    }

    @Test
    void countsAValueThatGrewInPlaceOfASmallOne() {
        int keys = 1_000;
        for (int i = 0; i < keys; i++) {
            cache.put(key(i), value(10));
        }
        for (int i = 0; i < keys; i++) {
            cache.put(key(i), value(100_000));
        }
        assertThat(cache.bytes()).isLessThanOrEqualTo(BYTES_MAX);
        long held = 0;
        for (int i = 0; i < keys; i++) {
            held += cache.get(key(i)).map(present -> present.value().length()).orElse(0);
        }
        assertThat(held).isLessThanOrEqualTo(BYTES_MAX);
    }

    /** Though only a sample of its uses is told: what is asked for every other time outlives a stream of keys asked for once. */
    @Test
    void keepsWhatIsUsedOften() {
        int hot = 100;
        int missed = 0;
        for (int i = 0; i < 200_000; i++) {
            Bytes key = key(i % 2 == 0 ? i / 2 % hot : 1_000 + i);
            if (cache.get(key).isEmpty()) {
                cache.put(key, value(1_000));
                missed += i % 2 == 0 ? 1 : 0;
            }
        }
        assertThat(missed).isLessThan(5 * hot);
    }

    private static Bytes key(int number) {
        return Bytes.utf8("key" + number);
    }

    /** Bytes that tell their length in each place. */
    private static Present filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (1 + length % 100));
        return new Present(Bytes.wrap(bytes));
    }

    private static Present value(int length) {
        return new Present(Bytes.wrap(new byte[length]));
    }
}
