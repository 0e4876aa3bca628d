package io.quorate.node.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What stands before an answer's body.
 *
 * @param length of the body; -1 when the head does not say
 * @param keepAlive whether the connection can be used again
 */
record ResponseHead(int status, long length, boolean chunked, boolean keepAlive, Optional<String> context) {
    static final ResponseHead NONE = new ResponseHead(0, 0, false, false, Optional.empty());

    private static final int FINAL_FROM = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /** Whether the real answer is yet to come. */
    boolean isInterim() {
        return status < FINAL_FROM;
    }

    boolean hasBody() {
        return length != 0 && status != NO_CONTENT && status != NOT_MODIFIED;
    }

    /** Reads the status line and the headers, which are all that is in {@code text}, the empty line included. */
    static ResponseHead parse(byte[] bytes, int count) throws IOException {
        String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        int status = status(text);
        long length = -1;
        boolean chunked = false;
        boolean keepAlive = text.startsWith("HTTP/1.1");
        Optional<String> context = Optional.empty();
        for (int start = text.indexOf('\n') + 1; start < count; start = text.indexOf('\n', start) + 1) {
            if (isNamed(text, start, "content-length:")) {
                length = length(value(text, start));
            } else if (isNamed(text, start, "transfer-encoding:")) {
                chunked = value(text, start).equalsIgnoreCase("chunked");
            } else if (isNamed(text, start, "connection:")) {
                keepAlive = value(text, start).equalsIgnoreCase("keep-alive");
            } else if (isNamed(text, start, "quorate-context:")) {
                context = Optional.of(value(text, start));
            }
        }
        return new ResponseHead(status, length, chunked, keepAlive, context);
    }

    /** From {@code HTTP/1.1 200 OK}. */
    private static int status(String text) throws IOException {
        int status = 0;
        if (text.startsWith("HTTP/1.") && text.length() > 12 && text.charAt(8) == ' ') {
            for (int i = 9; i < 12; i++) {
                status = 10 * status + Character.digit(text.charAt(i), 10);
            }
        }
        if (status < 100) {
            throw new IOException("not an HTTP answer");
        }
        return status;
    }

    private static boolean isNamed(String text, int start, String name) {
        return text.regionMatches(true, start, name, 0, name.length());
    }

    private static String value(String text, int start) {
        return text.substring(text.indexOf(':', start) + 1, text.indexOf('\n', start))
                .trim();
    }

    private static long length(String value) throws IOException {
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IOException("an answer with the Content-Length \"" + value + "\"");
        }
        return Long.parseLong(value);
    }
}
