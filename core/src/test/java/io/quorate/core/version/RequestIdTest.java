package io.quorate.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestIdTest {
    @Test
    void anIdempotencyKeyNamesOneRequestOfOneKey() {
        RequestId id = RequestId.ofIdempotencyKey(Key.of("users", "alice"), "order-1");
        assertThat(RequestId.ofIdempotencyKey(Key.of("users", "alice"), "order-1"))
                .isEqualTo(id);
        assertThat(RequestId.ofIdempotencyKey(Key.of("users", "alice"), "order-2"))
                .isNotEqualTo(id);
        assertThat(RequestId.ofIdempotencyKey(Key.of("users", "bob"), "order-1"))
                .isNotEqualTo(id);
        assertThat(RequestId.ofIdempotencyKey(Key.of("user", "alice"), "order-1"))
                .isNotEqualTo(id);
        assertThat(RequestId.ofIdempotencyKey(Key.of("users", "alic"), "eorder-1"))
                .isNotEqualTo(id);
    }

    @Test
    void randomOnesDifferAndOneSeedGivesTheSame() {
        Random random = new Random(1);
        RequestId first = RequestId.random(random);
        assertThat(RequestId.random(random)).isNotEqualTo(first);
        assertThat(RequestId.random(new Random(1))).isEqualTo(first);
    }

    @Test
    void areOrderedAsUnsigned() {
        assertThat(new RequestId(1, 0)).isLessThan(new RequestId(-1, 0));
        assertThat(new RequestId(1, 1)).isLessThan(new RequestId(1, -1));
        assertThat(new RequestId(1, -1)).isLessThan(new RequestId(2, 0));
    }
}
