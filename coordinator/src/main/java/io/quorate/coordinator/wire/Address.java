package io.quorate.coordinator.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a node listens: a host name or IP address, and a port. */
public record Address(String host, int port) {
    private static final int PORT_MAX = 65_535;
    private static final Pattern FORM =
            Pattern.compile("(?:(?<host>[^:\\[\\]\\s]+)|\\[(?<ipv6>[0-9a-fA-F:.]+)]):(?<port>[0-9]{1,5})");

    public Address {
        if (host.isEmpty() || port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("not an address: '" + host + "' port " + port);
        }
    }

    /** Reads {@code host:port}; an IPv6 address stands in brackets. Empty when the text is neither. */
    public static Optional<Address> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > PORT_MAX) {
            return Optional.empty();
        }
        String host = matcher.group("host") != null ? matcher.group("host") : matcher.group("ipv6");
        return Optional.of(new Address(host, Integer.parseInt(matcher.group("port"))));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
