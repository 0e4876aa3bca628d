package io.quorate.node.cli.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Paths and queries, percent-encoded. */
public final class Target {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private Target() {}

    /** The path of these segments, whatever characters they hold. */
    public static String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encode(segment));
        }
        return path.toString();
    }

    /** What follows a path: empty, or a question mark and those parameters that have a value. */
    public static String query(Map<String, Optional<String>> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> value.ifPresent(given -> query.append(query.length() == 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(encode(given))));
        return query.toString();
    }

    /** RFC 3986: all but unreserved characters, as UTF-8. A segment of dots only would be taken for a step in a path. */
    private static String encode(String text) {
        boolean dots = text.equals(".") || text.equals("..");
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            if (!dots && UNRESERVED.indexOf(unit) >= 0) {
                encoded.append((char) unit);
            } else {
                encoded.append(String.format("%%%02X", unit & 0xFF));
            }
        }
        return encoded.toString();
    }
}
