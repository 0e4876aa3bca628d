package io.quorate.node.cli.client;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes a body apart that comes in chunks (RFC 9112, section 7.1): size line, data, and an empty line after the last. */
final class Chunks {
    private static final int LINE_MAX = 1024;

    private final StringBuilder line = new StringBuilder();
    private long left;
    private boolean inData;
    private boolean inTrailer;

    void reset() {
        line.setLength(0);
        left = 0;
        inData = false;
        inTrailer = false;
    }

    /** Whether the body is complete. */
    boolean feed(ByteBuffer in, Body body) throws IOException {
        while (in.hasRemaining()) {
            if (inData) {
                int count = (int) Math.min(left, in.remaining());
                body.add(in, count);
                left -= count;
                inData = left > 0;
            } else if (line(in) && ended()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line is complete in {@link #line}. */
    private boolean line(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            char next = (char) (in.get() & 0xFF);
            if (next == '\n') {
                return true;
            }
            if (next != '\r') {
                line.append(next);
            }
            if (line.length() > LINE_MAX) {
                throw new IOException("an answer with a chunk that has no size");
            }
        }
        return false;
    }

    /** What the line says: the end of a chunk's data, the size of the next, a trailer, or the end of all. */
    private boolean ended() throws IOException {
        String text = line.toString();
        line.setLength(0);
        if (inTrailer) {
            return text.isEmpty();
        }
        if (!text.isEmpty()) {
            left = size(text);
            inData = left > 0;
            inTrailer = left == 0;
        }
        return false;
    }

    private static long size(String text) throws IOException {
        String digits = text.replaceFirst(";.*", "").trim();
        if (!digits.matches("[0-9A-Fa-f]{1,8}")) {
            throw new IOException("an answer with a chunk of the size \"" + digits + "\"");
        }
        return Long.parseLong(digits, 16);
    }
}
