package io.quorate.node.cli.guard;

import java.util.Locale;
import java.util.Map;

/**
 * What was measured within a few seconds.
 *
 * @param reference what the null handler spends on a request, in microseconds of CPU
 * @param subjects what the cluster spends, under each load
 */
record Round(double reference, Map<Check, Spent> subjects) {
    private static final double SETTLED = 0.9;

    Round {
        subjects = Map.copyOf(subjects);
    }

    Cost cost(Check check) {
        Spent spent = subjects.get(check);
        return new Cost(spent.micros() / reference, spent.bytes());
    }

    /** Whether nothing has become much cheaper since: while virtual machines compile what they run, everything does. */
    boolean hasSettledSince(Round earlier) {
        return reference >= SETTLED * earlier.reference
                && subjects.keySet().stream()
                        .allMatch(check -> subjects.get(check).micros()
                                >= SETTLED * earlier.subjects.get(check).micros());
    }

    /** In one line, for people. */
    String text() {
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "CPU µs a request: null handler %.1f", reference));
        for (Check check : Check.values()) {
            if (subjects.containsKey(check)) {
                Spent spent = subjects.get(check);
                text.append(String.format(
                        Locale.ROOT, ", %s %.1f (%,.0f bytes)", check.label(), spent.micros(), spent.bytes()));
            }
        }
        return text.toString();
    }
}
