package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.codec.MalformedException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    /** Whatever a client may call a key: all of Unicode but halves of surrogate pairs, with braces and separators among it. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .all()
                        .ofMaxLength(30)
                        .map(text -> Bytes.utf8(text).toUtf8()),
                Arbitraries.strings().withChars("{}ab/\0 é\n").ofMaxLength(10),
                Arbitraries.of("𐍈", "{𐍈}", "e\u0301", "é", "\uFEFF", "%2F", "..", "a\0b"));
    }

    @Property(tries = 1000)
    void comesBackFromItsEncodedForm(@ForAll("names") String name) {
        Key key = Key.of("bucket", name);
        Key decoded = Key.decode(key.encoded());
        assertThat(decoded).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(decoded.bucket()).isEqualTo("bucket");
        assertThat(decoded.name()).isEqualTo(name);
        assertThat(decoded.token()).isEqualTo(key.token());
    }

    @Property(tries = 1000)
    void differentNamesAreDifferentKeys(@ForAll("names") String a, @ForAll("names") String b) {
        assertThat(Key.of("bucket", a).equals(Key.of("bucket", b))).isEqualTo(a.equals(b));
        assertThat(Key.of("bucket", a)).isNotEqualTo(Key.of("bucket2", a));
    }

    @Property(tries = 300)
    void orderIsOrderOnTheRing(@ForAll("names") String a, @ForAll("names") String b) {
        Key left = Key.of("bucket", a);
        Key right = Key.of("bucket", b);
        int byToken = Long.compareUnsigned(left.token(), right.token());
        if (byToken != 0) {
            assertThat(Integer.signum(left.compareTo(right))).isEqualTo(byToken);
        }
        assertThat(Integer.signum(left.compareTo(right)))
                .isEqualTo(Integer.signum(left.encoded().compareTo(right.encoded())));
    }

    @Test
    void tokensWithTheHighestBitComeLast() {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(Key.of("bucket", "key" + i));
        }
        keys.sort(null);
        assertThat(keys).isSortedAccordingTo((a, b) -> Long.compareUnsigned(a.token(), b.token()));
        assertThat(keys.get(0).token()).isPositive();
        assertThat(keys.get(99).token()).isNegative();
    }

    @Property(tries = 300)
    void keysOfOneTagShareTheUpperHalfOfTheirTokens(@ForAll("names") String before, @ForAll("names") String after) {
        Key key = Key.of("bucket", before.replace("{", "").replace("}", "") + "{tag}" + after);
        assertThat(key.token() >>> 32).isEqualTo(Key.of("bucket", "{tag}").token() >>> 32);
        assertThat(key.token() >>> 32).isEqualTo(Key.of("bucket", "tag").token() >>> 32);
        assertThat(key.token() >>> 32).isNotEqualTo(Key.of("other", "{tag}").token() >>> 32);
    }

    @Test
    void keysOfOneTagAreToldApartByTheLowerHalf() {
        assertThat(Key.of("bucket", "{tag}1").token())
                .isNotEqualTo(Key.of("bucket", "{tag}2").token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x{", "x}", "{}", "}x{", "{}x", "{}{x}", "{x"})
    void aNameWithoutAWholeTagIsPlacedAsAWhole(String name) {
        Key key = Key.of("bucket", name);
        assertThat(key.token() >>> 32).isNotEqualTo(Key.of("bucket", "{x}").token() >>> 32);
        assertThat(key.token()).isEqualTo(Hash.of(Bytes.utf8("bucket\0" + name)));
    }

    @Test
    void theFirstTagCounts() {
        assertThat(Key.of("bucket", "{a}{b}").token() >>> 32)
                .isEqualTo(Key.of("bucket", "a").token() >>> 32);
        assertThat(Key.of("bucket", "{{a}}").token() >>> 32)
                .isEqualTo(Key.of("bucket", "{a").token() >>> 32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDC00", "a\uD800b", "\uDC00\uD800", "\uD800\uD800\uDC00"})
    void halfASurrogatePairIsNoKey(String name) {
        assertThatThrownBy(() -> Key.of("bucket", name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Key.of(name, "key")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> Key.decode(Bytes.EMPTY)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Key.decode(Bytes.utf8("12345678bucket"))).isInstanceOf(MalformedException.class);
        byte[] notUtf8 = Key.of("bucket", "key").encoded().array().clone();
        notUtf8[notUtf8.length - 1] = (byte) 0xFF;
        assertThatThrownBy(() -> Key.decode(Bytes.wrap(notUtf8))).isInstanceOf(MalformedException.class);
    }

    @Test
    void thePlaceOfAKeyNeverChanges() {
        assertThat(HexFormat.of().toHexDigits(Key.of("users", "alice").token())).isEqualTo("77ed47d6eeed28ef");
        assertThat(HexFormat.of().toHexDigits(Key.of("users", "{alice}/cart").token()))
                .isEqualTo("77ed47d696b36438");
        assertThat(HexFormat.of().toHexDigits(Key.of("users", "é").token())).isEqualTo("0f5f2a7ddd1cac7d");
    }
}
