package io.quorate.node.simulation;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays seeds through the scenarios and names those that break a promise. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Plays seeds through the simulated scenarios; prints each failing seed and the line that replays it.")
public final class Simulate implements Callable<Integer> {
    @Option(names = "--seeds", description = "How many seeds (default: ${DEFAULT-VALUE}).", defaultValue = "1000")
    private int seeds;

    @Option(names = "--from", description = "The first seed (default: ${DEFAULT-VALUE}).", defaultValue = "0")
    private long from;

    @Option(
            names = "--scenario",
            description =
                    "Only this one: faults, fallbacks, anti_entropy, old_disk, elastic, patches, policies, zones, expiry, groups or sessions.")
    private String label;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    @Override
    public Integer call() {
        List<Scenario> scenarios = label == null
                ? Arrays.asList(Scenario.values())
                : Scenario.parse(label).stream().toList();
        if (scenarios.isEmpty()) {
            out.printf(
                    "There is no scenario '%s': use one of %s%n",
                    label, Arrays.stream(Scenario.values()).map(Scenario::label).toList());
            return CommandLine.ExitCode.USAGE;
        }
        int failures = 0;
        for (Scenario scenario : scenarios) {
            failures += play(scenario);
        }
        return failures == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int play(Scenario scenario) {
        int failures = 0;
        long writes = 0;
        long comparisons = 0;
        for (long seed = from; seed < from + seeds; seed++) {
            try {
                Scenario.Verdict verdict = scenario.play(seed);
                writes += verdict.writes();
                comparisons += verdict.comparisons();
            } catch (RuntimeException e) {
                failures++;
                out.printf("%s seed %d at commit %s: %s%n", scenario.label(), seed, commit(), rootCause(e));
                out.printf("  scripts/simulate --scenario %s --from %d --seeds 1%n", scenario.label(), seed);
            }
        }
        out.printf(
                "%s: %d seeds, %d failed, %d writes, %d comparisons of strict reads%n",
                scenario.label(), seeds, failures, writes, comparisons);
        return failures;
    }

    private static String commit() {
        String commit = System.getProperty("quorate.commit");
        return commit == null ? "unknown" : commit;
    }

    private static String rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Simulate()).execute(args));
    }
}
