package io.quorate.node.cli.guard;

import java.util.Locale;

/**
 * A measured ratio beside the one that was stored.
 *
 * @param limitPercent by how much it may be more
 */
record Verdict(Check check, double measured, double baseline, int limitPercent) {
    private static final double PERCENT = 100;

    double limit() {
        return baseline * (1 + limitPercent / PERCENT);
    }

    boolean isRegression() {
        return measured > limit();
    }

    /** Whether a regression as large as the limit would go unseen after it. */
    boolean isBaselineOutdated() {
        return measured < baseline / (1 + limitPercent / PERCENT);
    }

    /** In one line, for people. */
    String text() {
        String what = isRegression() ? "REGRESSION" : isBaselineOutdated() ? "better: consider --update" : "ok";
        return String.format(
                Locale.ROOT,
                "%-7s %6.2f times the CPU of a null handler; baseline %.2f, limit %.2f (+%d %%): %s",
                check.label(),
                measured,
                baseline,
                limit(),
                limitPercent,
                what);
    }
}
