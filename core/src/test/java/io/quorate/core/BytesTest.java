package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BytesTest {
    @Property(tries = 500)
    void areComparedByWhatTheyHold(@ForAll byte[] a, @ForAll byte[] b) {
        Bytes left = Bytes.wrap(a);
        Bytes right = Bytes.wrap(b);
        assertThat(left.equals(right)).isEqualTo(Arrays.equals(a, b));
        assertThat(left.compareTo(right) == 0).isEqualTo(left.equals(right));
        assertThat(Integer.signum(left.compareTo(right))).isEqualTo(-Integer.signum(right.compareTo(left)));
        assertThat(left).isEqualTo(Bytes.wrap(a.clone())).hasSameHashCodeAs(Bytes.wrap(a.clone()));
    }

    @Test
    void areOrderedAsUnsignedFromTheLeft() {
        assertThat(Bytes.wrap(new byte[] {1, 2})).isLessThan(Bytes.wrap(new byte[] {(byte) 0x80}));
        assertThat(Bytes.wrap(new byte[] {1})).isLessThan(Bytes.wrap(new byte[] {1, 0}));
        assertThat(Bytes.EMPTY).isLessThan(Bytes.wrap(new byte[] {0}));
    }

    @Test
    void doNotTellTheirContentsToLogs() {
        assertThat(Bytes.utf8("secret")).hasToString("Bytes[6]");
        assertThat(Bytes.utf8("é").toUtf8()).isEqualTo("é");
    }
}
