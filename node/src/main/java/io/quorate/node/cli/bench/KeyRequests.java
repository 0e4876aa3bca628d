package io.quorate.node.cli.bench;

import io.quorate.node.cli.client.Endpoint;
import io.quorate.node.cli.client.Message;
import io.quorate.node.cli.client.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes one client's requests into one buffer, for a fraction of a microsecond each. No two values are the same; with less than 32
 * bytes there would be no room for the number that tells them apart.
 */
final class KeyRequests {

    private static final int KEY_DIGITS = 10;
    private static final int COUNT_DIGITS = 14;
    private static final int HEAD_BYTES = 1024;

    private final byte[] pathStart;
    private final byte[] getEnd;
    private final byte[] putEnd;
    private final byte[] value;
    private ByteBuffer buffer;
    private long count;

    /**
     * Requests about the plan's keys.
     *
     * @param client tells this client's values from those of the others
     */
    KeyRequests(BenchPlan plan, int client) {
        pathStart = ascii(Target.path("kv", plan.bucket()) + "/user");
        getEnd = ascii(plan.terms().readQuery() + " HTTP/1.1\r\nHost: ");
        putEnd = ascii(plan.terms().writeQuery() + " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: "
                + plan.valueBytes() + "\r\nHost: ");
        value = value(plan.valueBytes(), client);
        buffer = ByteBuffer.allocate(HEAD_BYTES + plan.valueBytes());
    }

    Message get(int key) {
        return to -> {
            begin("GET ", key, 0);
            buffer.put(getEnd);
            return end(to);
        };
    }

    Message put(int key, Optional<String> context) {
        stamp(value, value.length - 2 - COUNT_DIGITS, COUNT_DIGITS, ++count);
        return to -> {
            begin("PUT ", key, context.map(String::length).orElse(0));
            buffer.put(putEnd).put(ascii(to.toString()));
            context.ifPresent(
                    token -> buffer.put(ascii("\r\nQuorate-Context: ")).put(ascii(token)));
            return buffer.put(ascii("\r\n\r\n")).put(value).flip();
        };
    }

    private void begin(String method, int key, int contextLength) {
        if (buffer.capacity() < HEAD_BYTES + contextLength + value.length) {
            buffer = ByteBuffer.allocate(HEAD_BYTES + 2 * contextLength + value.length);
        }
        buffer.clear();
        buffer.put(ascii(method)).put(pathStart);
        int at = buffer.position();
        stamp(buffer.array(), at, KEY_DIGITS, key);
        buffer.position(at + KEY_DIGITS);
    }

    private ByteBuffer end(Endpoint to) {
        return buffer.put(ascii(to.toString())).put(ascii("\r\n\r\n")).flip();
    }

    /** {@code {"v":"c0000000007xxxxxxxx00000000000042"}}. */
    private static byte[] value(int length, int client) {
        byte[] json = new byte[length];
        Arrays.fill(json, (byte) 'x');
        System.arraycopy(ascii("{\"v\":\"c"), 0, json, 0, 7);
        stamp(json, 7, 5, client);
        System.arraycopy(ascii("\"}"), 0, json, length - 2, 2);
        return json;
    }

    private static void stamp(byte[] bytes, int start, int digits, long number) {
        long rest = number;
        for (int i = start + digits - 1; i >= start; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
