package io.quorate.node.cli;

import io.quorate.node.cli.bench.Bench;
import io.quorate.node.cli.bench.BenchPlan;
import io.quorate.node.cli.bench.BenchResult;
import io.quorate.node.cli.bench.Workload;
import io.quorate.node.cli.client.ClusterMap;
import io.quorate.node.cli.client.Endpoint;
import io.quorate.node.cli.client.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measures a cluster. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures a cluster: latencies, errors, concurrent values, and the CPU that each node and this generator spend on a request.",
            "All keys are written first, which is not measured, unless --loaded. A virtual machine that was just started needs half a",
            "minute of full load before its figures settle: give it --warmup-seconds. Requests go to all nodes, or to those of --endpoint."
        },
        footer = {
            "",
            "Workloads: a half reads, half writes; b 95 %% reads; c reads only; f half reads, half changes; w writes only."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int KEYS_MAX = 100_000_000;
    private static final int VALUE_BYTES_MIN = 32;
    private static final int VALUE_BYTES_MAX = 16 << 20;
    private static final int CONNECTIONS_MAX = 10_000;
    private static final int THREADS_MAX = 256;
    private static final int SECONDS_MAX = 86_400;
    private static final int RATE_MAX = 10_000_000;

    /** A context as three nodes give it, and what is known beside it. */
    private static final long BYTES_PER_KEY = 140;

    private static final long SPARE_BYTES = 128 << 20;

    @ParentCommand
    private Quorate quorate;

    @Option(
            names = "--workload",
            paramLabel = "a|b|c|f|w",
            defaultValue = "a",
            description = "Default: ${DEFAULT-VALUE}.")
    private String workload;

    @Option(names = "--keys", paramLabel = "N", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
    private int keys;

    @Option(
            names = "--loaded",
            description =
                    "The keys are there from a former run: they are not written first, and a key's first write reads it.")
    private boolean loaded;

    @Option(names = "--value-bytes", paramLabel = "N", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
    private int valueBytes;

    @Option(
            names = "--distribution",
            paramLabel = "zipfian|uniform",
            defaultValue = "zipfian",
            description = "How keys are chosen. Default: ${DEFAULT-VALUE}.")
    private String distribution;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description = "Each has one request at a time. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of this process, each for many connections. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warmup-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Default: ${DEFAULT-VALUE}.")
    private int warmupSeconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Operations a second, with latencies from when each was due; one may begin a millisecond late."
                            + " Default: as many as are answered.")
    private int rate;

    @Option(
            names = "--r",
            paramLabel = "R",
            description = "Replies a read waits for: a number, one, quorum, all or local_quorum.")
    private Optional<String> r = Optional.empty();

    @Option(names = "--w", paramLabel = "W", description = "Durable copies a write waits for, likewise.")
    private Optional<String> w = Optional.empty();

    @Mixin
    private Terms terms = new Terms();

    @Option(
            names = "--bucket",
            paramLabel = "BUCKET",
            defaultValue = "bench",
            description = "Default: ${DEFAULT-VALUE}.")
    private String bucket;

    @Option(
            names = "--contended",
            description =
                    "Lets writers race for a key, which makes concurrent values. Else a key has one writer at a time.")
    private boolean contended;

    @Mixin
    private Connecting connecting = new Connecting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlan plan = plan();
        ClusterMap cluster = ClusterMap.learn(connecting.endpoints());
        boolean chosen = spec.commandLine().getParseResult().hasMatchedOption("--endpoint");
        List<Endpoint> endpoints = chosen ? connecting.endpoints() : cluster.endpoints();
        BenchResult result = new Bench(plan, endpoints, cluster).run(quorate.console());
        quorate.console().print(connecting.json() ? Bench.json(result) : Bench.text(result));
        return result.isAnyDone() ? ExitStatus.DONE : ExitStatus.UNREACHABLE;
    }

    private BenchPlan plan() {
        Workload mix = Workload.parse(workload).orElseThrow(() -> wrong("--workload is one of a, b, c, f, w"));
        if (!distribution.equals("zipfian") && !distribution.equals("uniform")) {
            throw wrong("--distribution is zipfian or uniform");
        }
        check("--threads", threads, 1, THREADS_MAX);
        int clients = Math.max(threads, check("--connections", connections, 1, CONNECTIONS_MAX));
        // A writer that finds its key taken draws another: there must be enough of them.
        check("--keys", keys, contended ? 1 : 2 * clients, KEYS_MAX);
        checkMemory();
        check("--value-bytes", valueBytes, VALUE_BYTES_MIN, VALUE_BYTES_MAX);
        check("--seconds", seconds, 1, SECONDS_MAX);
        check("--warmup-seconds", warmupSeconds, 0, SECONDS_MAX);
        check("--rate", rate, 0, RATE_MAX);
        Map<String, Optional<String>> reading = terms.parameters();
        reading.put("r", r);
        Map<String, Optional<String>> writing = terms.parameters();
        writing.put("w", w);
        return new BenchPlan(
                mix,
                bucket,
                keys,
                loaded,
                valueBytes,
                distribution.equals("zipfian"),
                contended,
                new BenchPlan.Drive(threads, clients, warmupSeconds, seconds, rate),
                new BenchPlan.Terms(Target.query(reading), Target.query(writing), terms.patienceMillis()));
    }

    /** Refused beforehand: after half an hour of writing keys would be late. */
    private void checkMemory() {
        long needed = keys * BYTES_PER_KEY + SPARE_BYTES;
        long there = Runtime.getRuntime().maxMemory();
        if (needed > there) {
            throw wrong("--keys " + keys + " needs up to " + (needed >> 20)
                    + " MiB for what is known of each key, and there are " + (there >> 20) + ": take fewer keys");
        }
    }

    private int check(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw wrong(option + " is " + min + " to " + max + " here, not " + value);
        }
        return value;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
