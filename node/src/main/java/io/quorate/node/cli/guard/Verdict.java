package io.quorate.node.cli.guard;

import java.util.Locale;

/**
 * A measured cost beside the one that was stored.
 *
 * @param limitPercent by how much it may be more
 */
record Verdict(Check check, Measure measure, double measured, double baseline, int limitPercent) {
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
                "%-7s %9s %s; baseline %s, limit %s (+%d %%): %s",
                check.label(),
                measure.text(measured),
                measure.unit(),
                measure.text(baseline),
                measure.text(limit()),
                limitPercent,
                what);
    }
}
