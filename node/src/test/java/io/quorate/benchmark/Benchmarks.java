package io.quorate.benchmark;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks and prints a table; what JMH has to say meanwhile goes to standard error. */
final class Benchmarks {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Benchmarks() {}

    /** Runs those whose names match the first argument, a regular expression, or all. */
    public static void main(String[] arguments) throws RunnerException {
        PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        PrintStream table = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ChainedOptionsBuilder options = matching(arguments.length > 0 ? arguments[0] : "")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
        Collection<RunResult> results = new Runner(
                        options.build(), OutputFormatFactory.createFormatInstance(progress, VerboseMode.NORMAL))
                .run();
        table.println("| benchmark | fastest iteration, ns | mean, ns | ± 99.9 % | bytes allocated |");
        table.println("| --- | ---: | ---: | ---: | ---: |");
        results.forEach(result -> table.println(row(result)));
    }

    /** Benchmarks whose names match; one that fails ends the run. */
    static ChainedOptionsBuilder matching(String pattern) {
        return new OptionsBuilder()
                .include(Benchmarks.class.getPackageName() + "\\..*" + pattern)
                .shouldFailOnError(true);
    }

    private static String row(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return String.format(
                Locale.ROOT,
                "| %s | %,.1f | %,.1f | %,.1f | %,.0f |",
                name(result.getParams()),
                // The one that others on the machine disturbed least.
                time.getStatistics().getMin(),
                time.getScore(),
                time.getScoreError(),
                allocated.getScore());
    }

    private static String name(BenchmarkParams params) {
        String name = params.getBenchmark()
                .substring(Benchmarks.class.getPackageName().length() + 1);
        return name.replace("Benchmark.", " ")
                + params.getParamsKeys().stream()
                        .map(key -> ", " + key + " " + params.getParam(key))
                        .collect(Collectors.joining());
    }
}
