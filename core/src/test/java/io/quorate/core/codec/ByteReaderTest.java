package io.quorate.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteReaderTest {
    @Property(tries = 500)
    void readsWhatTheWriterWrote(
            @ForAll byte[] raw,
            @ForAll @StringLength(max = 40) String text,
            @ForAll long number,
            @ForAll @IntRange(min = 0) int count) {
        // A lone surrogate has no UTF-8.
        String utf8 = Bytes.utf8(text).toUtf8();
        Bytes written = new ByteWriter(0)
                .int8((int) number)
                .int32(Long.hashCode(number))
                .int64(number)
                .varint(count)
                .bytes(Bytes.wrap(raw))
                .utf8(utf8)
                .rawUtf8("until")
                .int8(0)
                .raw(raw)
                .toBytes();
        ByteReader reader = new ByteReader(written);
        assertThat(reader.int8()).isEqualTo((int) number & 0xFF);
        assertThat(reader.int32()).isEqualTo(Long.hashCode(number));
        assertThat(reader.int64()).isEqualTo(number);
        assertThat(reader.varint()).isEqualTo(count);
        assertThat(reader.bytes()).isEqualTo(Bytes.wrap(raw));
        assertThat(reader.utf8()).isEqualTo(utf8);
        assertThat(reader.utf8Until((byte) 0)).isEqualTo("until");
        assertThat(reader.remaining()).isEqualTo(raw.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0,1",
        "1,1",
        "127,1",
        "128,2",
        "16383,2",
        "16384,3",
        "2097152,4",
        "268435455,4",
        "268435456,5",
        "2147483647,5"
    })
    void aVarintTakesSevenBitsAByte(int value, int length) {
        Bytes written = new ByteWriter().varint(value).toBytes();
        assertThat(written.length()).isEqualTo(length);
        assertThat(new ByteReader(written).varint()).isEqualTo(value);
        for (int i = 0; i < length; i++) {
            refuses(ByteReader::varint, Arrays.copyOf(written.array(), i));
        }
    }

    @Test
    void aVarintThatIsTooLargeOrNotTheShortestIsRefused() {
        refuses(ByteReader::varint, bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x08));
        refuses(ByteReader::varint, bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01));
        refuses(ByteReader::varint, bytes(0x80, 0x00));
        refuses(ByteReader::varint, bytes(0x81, 0x80, 0x00));
    }

    @Test
    void aCountIsRefusedWhenTheBytesCannotHoldSoMany() {
        assertThat(new ByteReader(Bytes.wrap(bytes(2, 0, 0, 0, 0))).count(2)).isEqualTo(2);
        refuses(reader -> reader.count(2), bytes(2, 0, 0, 0));
        refuses(reader -> reader.count(1 << 20), bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x07));
        refuses(ByteReader::bytes, bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1));
        refuses(ByteReader::utf8, bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1));
    }

    @Test
    void numbersThatAreCutShortAreRefused() {
        refuses(ByteReader::int8, bytes());
        refuses(ByteReader::int32, bytes(1, 2, 3));
        refuses(ByteReader::int64, bytes(1, 2, 3, 4, 5, 6, 7));
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        refuses(ByteReader::restAsUtf8, bytes(0xC0, 0x80));
        refuses(ByteReader::restAsUtf8, bytes(0xED, 0xA0, 0x80));
        refuses(ByteReader::utf8, bytes(1, 0xFF));
        refuses(reader -> reader.utf8Until((byte) 0), bytes(0xFF, 0));
        refuses(reader -> reader.utf8Until((byte) 0), bytes('a', 'b'));
    }

    @Test
    void bytesLeftOverAreRefused() {
        refuses(ByteReader::expectEnd, bytes(0));
        ByteReader reader = new ByteReader(Bytes.wrap(bytes(7)));
        assertThat(reader.int8()).isEqualTo(7);
        reader.expectEnd();
    }

    private static void refuses(Consumer<ByteReader> read, byte[] bytes) {
        ByteReader reader = new ByteReader(Bytes.wrap(bytes));
        ThrowingCallable call = () -> read.accept(reader);
        assertThatThrownBy(call).isInstanceOf(MalformedException.class);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
