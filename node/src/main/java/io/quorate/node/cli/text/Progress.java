package io.quorate.node.cli.text;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How far something long has come: a bar that moves on a terminal, now and then a line elsewhere. */
public final class Progress {
    private static final int BAR_CHARACTERS = 30;
    private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Console console;
    private final long began = System.nanoTime();
    private long nextShown;
    private boolean shown;

    /** Nothing is shown yet. */
    public Progress(Console console) {
        this.console = console;
        nextShown = began + (console.terminal() ? TERMINAL_NANOS : LINE_NANOS);
    }

    /**
     * Shows how far it is, if it is time to.
     *
     * @param fraction 0 to 1; below 0 when it is not known
     */
    public void show(double fraction, long count, String what) {
        long now = System.nanoTime();
        if (now - nextShown < 0) {
            return;
        }
        nextShown = now + (console.terminal() ? TERMINAL_NANOS : LINE_NANOS);
        String rate = String.format(Locale.ROOT, "%,d %s, %,.0f a second", count, what, perSecond(count, now));
        if (console.terminal()) {
            console.err().print("\r" + bar(fraction) + rate + "\033[K");
            console.err().flush();
            shown = true;
        } else {
            console.remark((fraction < 0 ? "" : percent(fraction) + ", ") + rate);
        }
    }

    /** Clears the bar, so that a line can be printed. */
    public void clear() {
        if (shown) {
            console.err().print("\r\033[K");
            shown = false;
        }
    }

    private double perSecond(long count, long now) {
        return count * 1e9 / Math.max(1, now - began);
    }

    private static String bar(double fraction) {
        if (fraction < 0) {
            return "";
        }
        int full = (int) (Math.min(1, fraction) * BAR_CHARACTERS);
        return "[" + "#".repeat(full) + ".".repeat(BAR_CHARACTERS - full) + "] " + percent(fraction) + " ";
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%3.0f%%", 100 * Math.min(1, fraction));
    }
}
