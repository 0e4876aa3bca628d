package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Property(tries = 500)
    void aViewIsLikeACopyOfItsPart(@ForAll byte[] array, @ForAll int from, @ForAll int to, @ForAll byte[] other) {
        int start = Math.floorMod(Math.min(from, to), array.length + 1);
        int end = start + Math.floorMod(Math.max(from, to), array.length - start + 1);
        Bytes view = Bytes.view(array, start, end - start);
        Bytes copy = Bytes.wrap(Arrays.copyOfRange(array, start, end));
        assertThat(view).isEqualTo(copy).hasSameHashCodeAs(copy).isEqualByComparingTo(copy);
        assertThat(view.array()).isEqualTo(copy.array());
        assertThat(view.length()).isEqualTo(copy.length());
        assertThat(view.toUtf8()).isEqualTo(copy.toUtf8());
        assertThat(Hash.of(view)).isEqualTo(Hash.of(copy));
        assertThat(Integer.signum(view.compareTo(Bytes.wrap(other))))
                .isEqualTo(Integer.signum(copy.compareTo(Bytes.wrap(other))));
        byte[] target = new byte[view.length() + 1];
        view.copyTo(target, 1);
        assertThat(Arrays.copyOfRange(target, 1, target.length)).isEqualTo(copy.array());
        for (int i = 0; i < view.length(); i++) {
            assertThat(view.at(i)).isEqualTo(array[start + i]);
        }
    }

    @Test
    void aViewEndsWhereItsPartEnds() {
        byte[] array = {1, 2, 3};
        assertThatThrownBy(() -> Bytes.view(array, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.view(array, 0, 2).at(2)).isInstanceOf(IndexOutOfBoundsException.class);
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
