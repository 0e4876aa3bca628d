package io.quorate.node.cli.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures in rounds, so that whatever slows the machine for a while slows the reference and all subjects. A check's cost is the median
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

    /** The cost of each check. */
    Map<Check, Cost> costs() throws IOException, InterruptedException {
        return costs(ALL);
    }

    /** What is to be said of each check: a verdict for each measure. */
    Collection<Verdict> verdicts(Baseline baseline, Limits limits) throws IOException, InterruptedException {
        Map<Check, List<Verdict>> verdicts = new EnumMap<>(Check.class);
        List<Check> open = ALL;
        for (int attempt = 0; attempt <= REPEATS && !open.isEmpty(); attempt++) {
            costs(open).forEach((check, cost) -> verdicts.put(check, verdicts(check, cost, baseline, limits)));
            open = open.stream()
                    .filter(check -> verdicts.get(check).stream().anyMatch(Verdict::isRegression))
                    .toList();
        }
        return verdicts.values().stream().flatMap(List::stream).toList();
    }

    private static List<Verdict> verdicts(Check check, Cost cost, Baseline baseline, Limits limits) {
        return Stream.of(Measure.values())
                .map(measure -> new Verdict(
                        check, measure, cost.in(measure), baseline.cost(check).in(measure), limits.percent(measure)))
                .toList();
    }

    private Map<Check, Cost> costs(List<Check> checks) throws IOException, InterruptedException {
        List<Round> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            measured.add(round(checks));
        }
        Map<Check, Cost> costs = new EnumMap<>(Check.class);
        for (Check check : checks) {
            List<Cost> each = measured.stream().map(round -> round.cost(check)).toList();
            costs.put(check, new Cost(median(each, Cost::cpu), median(each, Cost::bytes)));
        }
        return costs;
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> measure) {
        List<Double> sorted =
                costs.stream().map(measure::applyAsDouble).sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private Round round(List<Check> checks) throws IOException, InterruptedException {
        double reference = meter.reference();
        Map<Check, Spent> subjects = new EnumMap<>(Check.class);
        for (Check check : checks) {
            subjects.put(check, meter.subject(check));
        }
        Round round = new Round(reference, subjects);
        remarks.accept(round.text());
        return round;
    }
}
