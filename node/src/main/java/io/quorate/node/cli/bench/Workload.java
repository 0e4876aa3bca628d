package io.quorate.node.cli.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A mix of operations, named as YCSB does; {@code w} is ours. */
public enum Workload {
    A(50, Kind.WRITE, "half reads, half writes"),
    B(95, Kind.WRITE, "95 % reads, 5 % writes"),
    C(100, Kind.WRITE, "reads only"),
    F(50, Kind.CHANGE, "half reads, half reads followed by a write"),
    W(0, Kind.WRITE, "writes only");

    private final int readPercent;
    private final Kind other;
    private final String description;

    Workload(int readPercent, Kind other, String description) {
        this.readPercent = readPercent;
        this.other = other;
        this.description = description;
    }

    /** The kind of an operation. */
    enum Kind {
        READ,
        WRITE,
        /** A read, and a write that replaces what was read. */
        CHANGE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As it is written on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The workload of that label. */
    public static Optional<Workload> parse(String label) {
        return Arrays.stream(values())
                .filter(workload -> workload.label().equals(label))
                .findFirst();
    }

    String description() {
        return description;
    }

    /**
     * The kind of the next operation.
     *
     * @param drawn 0 to 99
     */
    Kind kind(int drawn) {
        return drawn < readPercent ? Kind.READ : other;
    }
}
