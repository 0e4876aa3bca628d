package io.quorate.node.cli.guard;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The ratios that were measured before, kept as a properties file, and what they were measured on. */
record Baseline(Map<Check, Double> ratios, String machine) {
    private static final String MACHINE = "machine";
    private static final String HEAD = """
            # CPU that three nodes together spend on a request (n=3, r=w=2), as a multiple of what a null HTTP handler spends on one.
            # scripts/bench-guard compares with it; scripts/bench-guard --update writes it anew. See docs/performance.md.
            """;

    /** Ratios that were measured on this machine. */
    static Baseline here(Map<Check, Double> ratios) {
        return new Baseline(ratios, thisMachine());
    }

    /** What ratios depend on, besides the code. */
    static String thisMachine() {
        return "Java " + Runtime.version().feature() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /**
     * Reads it.
     *
     * @throws IOException in a sentence, when a ratio is missing or none
     */
    static Baseline read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<Check, Double> ratios = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            ratios.put(check, ratio(file, check, properties.getProperty(check.label(), "")));
        }
        return new Baseline(ratios, properties.getProperty(MACHINE, ""));
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        text.append(MACHINE).append('=').append(machine).append('\n');
        ratios.forEach((check, ratio) -> text.append(String.format(Locale.ROOT, "%s=%.2f\n", check.label(), ratio)));
        Files.writeString(file, text);
    }

    double ratio(Check check) {
        return ratios.get(check);
    }

    private static double ratio(Path file, Check check, String text) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            throw new IOException(
                    file + " has no ratio for " + check.label() + ": scripts/bench-guard --update writes it anew");
        }
    }
}
