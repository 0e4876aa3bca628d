package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashTest {
    @Test
    void theHashesNeverChange() {
        assertThat(Long.toHexString(Hash.of(Bytes.EMPTY))).isEqualTo("2d06800538d394c2");
        assertThat(Long.toHexString(Hash.of(Bytes.utf8("quorate")))).isEqualTo("5a1cae77224bc7ff");
        assertThat(Hash.wide(Bytes.utf8("quorate").array())).hasToString("0xc382196cb0a4e4263457166711d796b5");
        assertThat(Long.toHexString(Hash.mix(1, 2))).isEqualTo("72513242a5357125");
    }

    @Test
    void aMixDependsOnBothAndOnTheirOrder() {
        Set<Long> mixed = new LinkedHashSet<>();
        for (long a = 0; a < 300; a++) {
            for (long b = 0; b < 300; b++) {
                mixed.add(Hash.mix(a, b));
            }
        }
        assertThat(mixed).hasSize(300 * 300);
    }
}
