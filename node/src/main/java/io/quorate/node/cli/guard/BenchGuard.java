package io.quorate.node.cli.guard;

import io.quorate.node.cli.client.ClusterMap;
import io.quorate.node.cli.client.Endpoint;
import io.quorate.node.cli.text.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Compares a running cluster with the baseline, or writes that anew.
 *
 * @param limitPercent by how much a check's CPU may be above its baseline
 * @param quick whether little time counts more than steady figures
 */
public record BenchGuard(Path baseline, int limitPercent, boolean quick) {
    private static final int BYTES_LIMIT_PERCENT = 15;
    /** Another Java's compiler spares other allocations: with Java 17 there were 14 % more. */
    private static final int BYTES_LIMIT_PERCENT_ELSEWHERE = 50;

    private static final int WARMUP_ROUNDS_MAX = 15;
    private static final int QUICK_WARMUP_ROUNDS_MAX = 3;

    /**
     * Whether no check is above its limit.
     *
     * @throws IOException in a sentence, when nothing could be measured
     */
    public boolean holds(ClusterMap cluster, Endpoint nullServer, Console console)
            throws IOException, InterruptedException {
        Baseline before = Baseline.read(baseline);
        boolean here = before.machine().equals(Baseline.thisMachine());
        if (!here) {
            console.remark("the baseline is from another machine: " + before.machine() + "; this is "
                    + Baseline.thisMachine());
        }
        Limits limits = new Limits(limitPercent, here ? BYTES_LIMIT_PERCENT : BYTES_LIMIT_PERCENT_ELSEWHERE);
        Collection<Verdict> verdicts = warm(cluster, nullServer, console).verdicts(before, limits);
        for (Verdict verdict : verdicts) {
            console.print(verdict.text());
        }
        return verdicts.stream().noneMatch(Verdict::isRegression);
    }

    /**
     * Makes what is measured now the baseline.
     *
     * @throws IOException in a sentence, when nothing could be measured
     */
    public void update(ClusterMap cluster, Endpoint nullServer, Console console)
            throws IOException, InterruptedException {
        Baseline.here(warm(cluster, nullServer, console).costs()).write(baseline);
    }

    private Guard warm(ClusterMap cluster, Endpoint nullServer, Console console)
            throws IOException, InterruptedException {
        Guard guard = new Guard(BenchMeter.loaded(cluster, nullServer, quick ? 2 : 4), quick ? 3 : 7, console::remark);
        guard.warmUp(quick ? QUICK_WARMUP_ROUNDS_MAX : WARMUP_ROUNDS_MAX);
        return guard;
    }
}
