package io.quorate.core.codec;

import io.quorate.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote; anything else ends in a {@link MalformedException}, never in a read past the end. */
public final class ByteReader {
    private final byte[] array;
    private int position;

    public ByteReader(Bytes bytes) {
        array = bytes.array();
    }

    public int int8() {
        return array[take(1)] & 0xFF;
    }

    public int int32() {
        int start = take(4);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | (array[start + i] & 0xFF);
        }
        return value;
    }

    public long int64() {
        int start = take(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (array[start + i] & 0xFF);
        }
        return value;
    }

    /** The number that {@link ByteWriter#varint} wrote, in as few bytes as it takes and no more. */
    public int varint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = int8();
            if (shift == 28 && next > 7) {
                throw new MalformedException("number too large");
            }
            if (shift > 0 && next == 0) {
                throw new MalformedException("number with needless bytes");
            }
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException("number too long");
    }

    /** A varint that counts things of at least {@code bytesEach}, so that a damaged count cannot ask for more memory than there are bytes. */
    public int count(int bytesEach) {
        int count = varint();
        if ((long) count * bytesEach > remaining()) {
            throw new MalformedException("count beyond the end");
        }
        return count;
    }

    public Bytes bytes() {
        int count = count(1);
        int start = take(count);
        return Bytes.wrap(Arrays.copyOfRange(array, start, start + count));
    }

    /** The same without a copy: a view of what is read, for what is not kept. */
    public Bytes view() {
        int count = count(1);
        return Bytes.view(array, take(count), count);
    }

    public String utf8() {
        int count = count(1);
        return text(take(count), count);
    }

    /** The text before the next {@code end} byte, which is consumed. */
    public String utf8Until(byte end) {
        for (int i = position; i < array.length; i++) {
            if (array[i] == end) {
                int count = i - position;
                int start = take(count + 1);
                return text(start, count);
            }
        }
        throw new MalformedException("text without an end");
    }

    public String restAsUtf8() {
        int count = remaining();
        return text(take(count), count);
    }

    public Bytes rest() {
        int count = remaining();
        int start = take(count);
        return Bytes.wrap(Arrays.copyOfRange(array, start, start + count));
    }

    public int remaining() {
        return array.length - position;
    }

    public void expectEnd() {
        if (position != array.length) {
            throw new MalformedException("bytes left over");
        }
    }

    private int take(int count) {
        if (count > remaining()) {
            throw new MalformedException("cut short");
        }
        int start = position;
        position += count;
        return start;
    }

    private String text(int start, int count) {
        if (isAscii(start, count)) {
            // Nearly all names are, and it spares them a decoder each.
            return new String(array, start, count, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array, start, count))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("text that is not UTF-8");
        }
    }

    private boolean isAscii(int start, int count) {
        for (int i = start; i < start + count; i++) {
            if (array[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
