package io.quorate.node.cli.guard;

import java.util.Locale;

/** In what a request's cost is told. */
enum Measure {
    /** By the clock, and so only to be compared with what a null handler spends in the same minute. */
    CPU("%.2f", "times the CPU of a null handler"),
    /** Counted, and so hardly different on a slow machine or beside other processes. */
    BYTES("%,.0f", "bytes of heap allocated a request");

    private final String format;
    private final String unit;

    Measure(String format, String unit) {
        this.format = format;
        this.unit = unit;
    }

    /** Its name in a baseline. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String unit() {
        return unit;
    }

    String text(double amount) {
        return String.format(Locale.ROOT, format, amount);
    }
}
