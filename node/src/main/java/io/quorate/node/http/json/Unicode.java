package io.quorate.node.http.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The strict look at a JSON text's characters that JSON parsers leave out: UTF-8 with no overlong forms or surrogates (Unicode
 * 15, table 3-7), no zero bytes (which would pass for UTF-16), and no escape of half a surrogate pair.
 */
final class Unicode {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final int ESCAPE_BYTES = 6;

    private final byte[] text;

    private Unicode(byte[] text) {
        this.text = text;
    }

    static Optional<JsonFault> fault(byte[] text) {
        return new Unicode(text).scan();
    }

    private Optional<JsonFault> scan() {
        int i = 0;
        while (i < text.length) {
            i = skipPlain(i);
            if (i == text.length) {
                break;
            }
            int width = width(i);
            if (width < 0) {
                return Optional.of(JsonFault.at(text, i, text[i] == '\\' ? "half of a surrogate pair" : notUtf8(i)));
            }
            i += width;
        }
        return Optional.empty();
    }

    /** The next place that needs a look: neither plain ASCII nor the end. Eight bytes at a time, for most texts are plain. */
    private int skipPlain(int from) {
        int i = from;
        while (i + Long.BYTES <= text.length && isPlain((long) LONGS.get(text, i))) {
            i += Long.BYTES;
        }
        while (i < text.length && text[i] > 0 && text[i] != '\\') {
            i++;
        }
        return i;
    }

    private static boolean isPlain(long eight) {
        long slashes = eight ^ ('\\' * ONES);
        // A zero byte borrows from its high bit; bytes with that bit set are told by the word itself.
        return ((eight | (eight - ONES) | ((slashes - ONES) & ~slashes)) & HIGHS) == 0;
    }

    /** Bytes of the escape or character that starts here, or a negative number when it is malformed. */
    private int width(int i) {
        int first = text[i] & 0xFF;
        if (first == '\\') {
            return escapeWidth(i);
        }
        if (first >= 0xC2 && first <= 0xDF) {
            return follow(i, 1, 0x80, 0xBF);
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return follow(i, 2, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
        }
        if (first >= 0xF0 && first <= 0xF4) {
            return follow(i, 3, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
        }
        return -1;
    }

    private int follow(int i, int count, int secondMin, int secondMax) {
        if (i + count >= text.length) {
            return -1;
        }
        int second = text[i + 1] & 0xFF;
        if (second < secondMin || second > secondMax) {
            return -1;
        }
        for (int k = 2; k <= count; k++) {
            if ((text[i + k] & 0xC0) != 0x80) {
                return -1;
            }
        }
        return count + 1;
    }

    /** Whether other escapes are well formed is for the parser to say. */
    private int escapeWidth(int i) {
        int unit = unit(i);
        if (unit < 0xD800 || unit > 0xDFFF) {
            return unit < 0 ? Math.min(2, text.length - i) : ESCAPE_BYTES;
        }
        int low = unit(i + ESCAPE_BYTES);
        boolean pair = unit <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF;
        return pair ? 2 * ESCAPE_BYTES : -1;
    }

    /** The UTF-16 unit that is escaped here, or a negative number. */
    private int unit(int i) {
        if (i + ESCAPE_BYTES > text.length || text[i] != '\\' || text[i + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int k = 2; k < ESCAPE_BYTES; k++) {
            int digit = Character.digit(text[i + k], 16);
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    private String notUtf8(int i) {
        return text[i] == 0 ? "a zero byte: send UTF-8" : "bytes that are not UTF-8";
    }
}
