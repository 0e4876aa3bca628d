package io.quorate.node.cli.guard;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The costs that were measured before, kept as a properties file, and what they were measured on. */
record Baseline(Map<Check, Cost> costs, String machine) {
    private static final String MACHINE = "machine";
    private static final String HEAD = """
            # What three nodes together spend on a request (n=3, r=w=2): CPU, as a multiple of what a null HTTP handler spends on one, and
            # bytes of heap that they allocate.
            # scripts/bench-guard compares with it; scripts/bench-guard --update writes it anew. See docs/performance.md.
            """;

    /** Costs that were measured on this machine. */
    static Baseline here(Map<Check, Cost> costs) {
        return new Baseline(costs, thisMachine());
    }

    /** What costs depend on, besides the code. */
    static String thisMachine() {
        return "Java " + Runtime.version().feature() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /**
     * Reads it.
     *
     * @throws IOException in a sentence, when a cost is missing or none
     */
    static Baseline read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<Check, Cost> costs = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            costs.put(
                    check,
                    new Cost(
                            amount(file, properties, key(check, Measure.CPU)),
                            amount(file, properties, key(check, Measure.BYTES))));
        }
        return new Baseline(costs, properties.getProperty(MACHINE, ""));
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        text.append(MACHINE).append('=').append(machine).append('\n');
        costs.forEach((check, cost) -> {
            for (Measure measure : Measure.values()) {
                text.append(String.format(Locale.ROOT, "%s=%.2f\n", key(check, measure), cost.in(measure)));
            }
        });
        Files.writeString(file, text);
    }

    Cost cost(Check check) {
        return costs.get(check);
    }

    private static String key(Check check, Measure measure) {
        return check.label() + "." + measure.label();
    }

    private static double amount(Path file, Properties properties, String key) throws IOException {
        try {
            return Double.parseDouble(properties.getProperty(key, ""));
        } catch (NumberFormatException none) {
            throw new IOException(file + " has no " + key + ": scripts/bench-guard --update writes it anew");
        }
    }
}
