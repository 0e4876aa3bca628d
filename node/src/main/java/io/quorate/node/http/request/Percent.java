package io.quorate.node.http.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Undoes percent-encoding (RFC 3986, section 2.1), once and strictly. A plus is a plus. */
public final class Percent {
    private Percent() {}

    /**
     * The text that was encoded.
     *
     * @param raw one char a byte; bytes beyond ASCII are taken as they are, because people type them and curl sends them
     * @return empty when a percent sign lacks its two hex digits, or the bytes are not UTF-8
     */
    public static Optional<String> decode(String raw) {
        return isPlain(raw) ? Optional.of(raw) : bytes(raw).flatMap(Percent::utf8);
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static Optional<ByteBuffer> bytes(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int value = raw.charAt(i);
            if (value == '%') {
                value = i + 2 < raw.length() ? hex(raw.charAt(i + 1), raw.charAt(i + 2)) : -1;
                i += 2;
            }
            if (value < 0 || value > 0xFF) {
                return Optional.empty();
            }
            bytes.put((byte) value);
        }
        return Optional.of(bytes.flip());
    }

    private static int hex(char high, char low) {
        boolean ascii = high < 0x80 && low < 0x80;
        int value = (Character.digit(high, 16) << 4) | Character.digit(low, 16);
        return ascii ? value : -1;
    }

    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
