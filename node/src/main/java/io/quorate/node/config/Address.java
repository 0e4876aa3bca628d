package io.quorate.node.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a node is reached: {@code 10.0.0.1:9101}, {@code db1.example:9101}, {@code [::1]:9101}. */
record Address(String host, int port) {
    /** A name, an IPv4 or an IPv6 address. */
    static final String HOST = "[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,32})?";

    private static final Pattern ADDRESS = Pattern.compile("([^\\[\\]:]+|\\[[^\\[\\]]+\\]):([1-9][0-9]{0,4})");
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    static Optional<Address> parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1).replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(matcher.group(2));
        return host.matches(HOST) && port <= 65_535 ? Optional.of(new Address(host, port)) : Optional.empty();
    }

    /** Whether it means every interface of this host, and so nothing to others. */
    static boolean isWildcard(String host) {
        return WILDCARDS.contains(host);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
