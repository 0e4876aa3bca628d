package io.quorate.node.cli.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures in rounds, so that whatever slows the machine for a while slows the reference and all subjects. A check's ratio is the median
 * of its rounds; one that is above its limit is measured again before it counts.
 */
final class Guard {
    private static final List<Check> ALL = List.of(Check.values());
    private static final int REPEATS = 2;

    private final Meter meter;
    private final int rounds;
    private final Consumer<String> remarks;

    /**
     * A guard that has measured nothing yet.
     *
     * @param rounds of which each median is taken
     * @param remarks is told each round's figures
     */
    Guard(Meter meter, int rounds, Consumer<String> remarks) {
        this.meter = meter;
        this.rounds = rounds;
        this.remarks = remarks;
    }

    /** Measures, and forgets it, until the figures settle; but no longer than those rounds. */
    void warmUp(int roundsMax) throws IOException, InterruptedException {
        Round last = round(ALL);
        boolean settled = false;
        for (int round = 1; round < roundsMax && !settled; round++) {
            Round next = round(ALL);
            settled = next.hasSettledSince(last);
            last = next;
        }
        remarks.accept(
                settled ? "warm" : "not settled yet: the machine is slow or busy, and the figures may be too high");
    }

    /** The ratio of each check. */
    Map<Check, Double> ratios() throws IOException, InterruptedException {
        return ratios(ALL);
    }

    /** What is to be said of each check. */
    Collection<Verdict> verdicts(Baseline baseline, int limitPercent) throws IOException, InterruptedException {
        Map<Check, Verdict> verdicts = new EnumMap<>(Check.class);
        List<Check> open = ALL;
        for (int attempt = 0; attempt <= REPEATS && !open.isEmpty(); attempt++) {
            ratios(open)
                    .forEach((check, ratio) ->
                            verdicts.put(check, new Verdict(check, ratio, baseline.ratio(check), limitPercent)));
            open = verdicts.values().stream()
                    .filter(Verdict::isRegression)
                    .map(Verdict::check)
                    .toList();
        }
        return verdicts.values();
    }

    private Map<Check, Double> ratios(List<Check> checks) throws IOException, InterruptedException {
        List<Round> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            measured.add(round(checks));
        }
        Map<Check, Double> ratios = new EnumMap<>(Check.class);
        for (Check check : checks) {
            ratios.put(
                    check,
                    median(measured.stream().map(round -> round.ratio(check)).toList()));
        }
        return ratios;
    }

    private static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private Round round(List<Check> checks) throws IOException, InterruptedException {
        double reference = meter.reference();
        Map<Check, Double> subjects = new EnumMap<>(Check.class);
        for (Check check : checks) {
            subjects.put(check, meter.subject(check));
        }
        Round round = new Round(reference, subjects);
        remarks.accept(round.text());
        return round;
    }
}
