package io.quorate.coordinator.operation;

import io.quorate.core.message.Refused;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Why a node did not answer as hoped, in the words that clients see. */
final class Reasons {
    static final String UNREACHABLE = "unreachable";
    static final String TIMEOUT = "timeout";
    static final String CONNECTION_LOST = "connection_lost";

    private Reasons() {}

    static String of(Refused refused) {
        return refused.reason().name().toLowerCase(Locale.ROOT);
    }

    /** As in {@code n2 timeout, n3 unreachable}. */
    static String list(Map<String, String> failures) {
        return failures.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
