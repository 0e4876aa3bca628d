package io.quorate.node.cli.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a node's HTTP API is reached. */
public record Endpoint(String host, int port) {
    private static final int DEFAULT_PORT = 8101;
    private static final int PORT_MAX = 65_535;
    private static final Pattern TEXT =
            Pattern.compile("(?:http://)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::([0-9]{1,5}))?/?");

    /**
     * Reads {@code host:port} or {@code http://host:port}; the port may be left out.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Endpoint parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        int port = matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : DEFAULT_PORT;
        if (!matcher.matches() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("an endpoint is host:port or http://host:port, not \"" + text + "\"");
        }
        return new Endpoint(matcher.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
