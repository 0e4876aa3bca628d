package io.quorate.node.http.json;

import io.quorate.core.Bytes;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** A JSON text in the making: names and commas where they belong, strings escaped, and values of others joined in as they are. */
public final class JsonOut {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int ESCAPED_BYTES_MAX = 6;

    private byte[] buffer;
    private int length;
    /** Whether the next name or element follows another one. */
    private boolean follows;

    public JsonOut() {
        this(256);
    }

    public JsonOut(int expectedLength) {
        buffer = new byte[expectedLength];
    }

    public JsonOut object() {
        return open('{');
    }

    public JsonOut endObject() {
        return close('}');
    }

    public JsonOut array() {
        return open('[');
    }

    public JsonOut endArray() {
        return close(']');
    }

    /** The name of an object's field, whose value comes next. */
    public JsonOut name(String name) {
        string(name);
        append(':');
        follows = false;
        return this;
    }

    public JsonOut string(String value) {
        separate();
        append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                i += unicode(value, i);
            } else if (c < 0x20 || c == '"' || c == '\\') {
                escape(c);
            } else {
                append(c);
            }
        }
        append('"');
        return this;
    }

    public JsonOut number(long value) {
        separate();
        ascii(Long.toString(value));
        return this;
    }

    public JsonOut bool(boolean value) {
        separate();
        ascii(value ? "true" : "false");
        return this;
    }

    public JsonOut nothing() {
        separate();
        ascii("null");
        return this;
    }

    /** A whole JSON value, copied byte for byte. */
    public JsonOut raw(Bytes json) {
        separate();
        reserve(json.length());
        json.copyTo(buffer, length);
        length += json.length();
        return this;
    }

    public JsonOut field(String name, String value) {
        return name(name).string(value);
    }

    public JsonOut field(String name, long value) {
        return name(name).number(value);
    }

    public JsonOut field(String name, boolean value) {
        return name(name).bool(value);
    }

    public Buffer toBuffer() {
        return Buffer.buffer(length).appendBytes(buffer, 0, length);
    }

    private JsonOut open(char bracket) {
        separate();
        append(bracket);
        follows = false;
        return this;
    }

    private JsonOut close(char bracket) {
        append(bracket);
        follows = true;
        return this;
    }

    private void separate() {
        if (follows) {
            append(',');
        }
        follows = true;
    }

    private void escape(char c) {
        append('\\');
        switch (c) {
            case '"', '\\' -> append(c);
            case '\n' -> append('n');
            case '\r' -> append('r');
            case '\t' -> append('t');
            default -> hex(c);
        }
    }

    private void hex(char c) {
        append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            append((char) HEX[(c >>> shift) & 0xF]);
        }
    }

    /** Writes the character at {@code i}, which may take two places, and returns how many places it took beyond the first. */
    private int unicode(String value, int i) {
        int point = value.codePointAt(i);
        if (point < 0x800) {
            append((char) (0xC0 | (point >>> 6)));
        } else if (Character.getType(point) == Character.SURROGATE) {
            // Half a character has no UTF-8 form.
            append('\\');
            hex((char) point);
            return 0;
        } else if (point < 0x10000) {
            append((char) (0xE0 | (point >>> 12)));
            follow(point >>> 6);
        } else {
            append((char) (0xF0 | (point >>> 18)));
            follow(point >>> 12);
            follow(point >>> 6);
        }
        follow(point);
        return Character.charCount(point) - 1;
    }

    /** A byte that goes on with a character, from the six lowest bits. */
    private void follow(int bits) {
        append((char) (0x80 | (bits & 0x3F)));
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i));
        }
    }

    private void append(char c) {
        if (length == buffer.length) {
            reserve(ESCAPED_BYTES_MAX);
        }
        buffer[length++] = (byte) c;
    }

    private void reserve(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
