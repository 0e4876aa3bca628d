package io.quorate.node.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that reads and writes have in common; the server checks their values. */
final class Terms {
    private static final Pattern TIMEOUT = Pattern.compile("([0-9]{1,6})(ms|s)");
    private static final int SERVER_TIMEOUT_MILLIS = 2_000;
    private static final int SERVER_TIMEOUT_MILLIS_MAX = 60_000;

    /** How much longer than the server itself a command waits for it. */
    private static final int GRACE_MILLIS = 3_000;

    @Option(names = "--n", paramLabel = "N", description = "Copies: a number or all. Default: the bucket's.")
    private Optional<String> n = Optional.empty();

    @Option(
            names = "--sloppy",
            paramLabel = "true|false",
            description = "Whether other nodes may stand in for unreachable ones. Default: the bucket's.")
    private Optional<String> sloppy = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", description = "Such as 250ms or 5s. Default: 2s.")
    private Optional<String> timeout = Optional.empty();

    /** As parameters of a request, to which more can be added. */
    Map<String, Optional<String>> parameters() {
        Map<String, Optional<String>> parameters = new LinkedHashMap<>();
        parameters.put("n", n);
        parameters.put("sloppy", sloppy);
        parameters.put("timeout", timeout);
        return parameters;
    }

    /** How long to wait for the server, which is to notice the end of its own time first. */
    int patienceMillis() {
        return GRACE_MILLIS + timeout.map(Terms::millis).orElse(SERVER_TIMEOUT_MILLIS);
    }

    private static int millis(String text) {
        Matcher matcher = TIMEOUT.matcher(text);
        if (!matcher.matches()) {
            return SERVER_TIMEOUT_MILLIS_MAX;
        }
        int unit = matcher.group(2).equals("s") ? 1_000 : 1;
        return (int) Math.min(SERVER_TIMEOUT_MILLIS_MAX, (long) unit * Integer.parseInt(matcher.group(1)));
    }
}
