package io.quorate.node.cli.guard;

import java.util.Locale;
import java.util.Map;

/** What was measured within a few seconds: microseconds of CPU a request, of the null handler and of the cluster under each load. */
record Round(double reference, Map<Check, Double> subjects) {
    private static final double SETTLED = 0.9;

    Round {
        subjects = Map.copyOf(subjects);
    }

    double ratio(Check check) {
        return subjects.get(check) / reference;
    }

    /** Whether nothing has become much cheaper since: while virtual machines compile what they run, everything does. */
    boolean hasSettledSince(Round earlier) {
        return reference >= SETTLED * earlier.reference
                && subjects.keySet().stream()
                        .allMatch(check -> subjects.get(check) >= SETTLED * earlier.subjects.get(check));
    }

    /** In one line, for people. */
    String text() {
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "CPU µs a request: null handler %.1f", reference));
        for (Check check : Check.values()) {
            if (subjects.containsKey(check)) {
                text.append(String.format(Locale.ROOT, ", %s %.1f", check.label(), subjects.get(check)));
            }
        }
        return text.toString();
    }
}
