package io.quorate.node.cli.bench;

import io.quorate.node.cli.client.ClusterMap;
import io.quorate.node.cli.client.Endpoint;
import io.quorate.node.cli.text.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A measurement: all keys are written, unless they are there; the nodes warm up, then what happens in the window is counted. */
public final class Bench {
    private static final long FOR_EVER = Long.MAX_VALUE / 4;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SEED = 20_100_610;

    private final BenchPlan plan;
    private final List<Endpoint> endpoints;
    private final ClusterMap cluster;
    private final KeyTable table;
    private final Completions completions = new Completions();

    /**
     * A measurement that has not begun.
     *
     * @param endpoints the nodes that are sent requests
     * @param cluster all nodes, of which it is counted what they spend
     */
    public Bench(BenchPlan plan, List<Endpoint> endpoints, ClusterMap cluster) {
        this.plan = plan;
        this.endpoints = List.copyOf(endpoints);
        this.cluster = cluster;
        table = new KeyTable(plan.keys());
    }

    /**
     * Runs it.
     *
     * @throws IOException in a sentence, when the keys could not be written
     */
    public BenchResult run(Console console) throws IOException, InterruptedException {
        if (!plan.loaded()) {
            console.remark("writing " + plan.keys() + " keys");
            load();
        }
        console.remark("warming up for " + plan.drive().warmupSeconds() + " s, then measuring for "
                + plan.drive().seconds() + " s");
        return measure();
    }

    /**
     * Writes all keys.
     *
     * @throws IOException in a sentence, when that failed
     */
    public void load() throws IOException, InterruptedException {
        ExecutorService threads = threads();
        try {
            preload(threads);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Warms up and measures; may be repeated. The keys were written before. */
    public BenchResult measure() throws InterruptedException {
        ExecutorService threads = threads();
        try {
            return measure(threads);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The report for people. */
    public static String text(BenchResult result) {
        return TextReport.of(result);
    }

    /** The report for programs. */
    public static String json(BenchResult result) {
        return JsonReport.of(result);
    }

    private void preload(ExecutorService threads) throws IOException, InterruptedException {
        long now = System.nanoTime();
        Window always = new Window(now, now + FOR_EVER);
        Preload preload = new Preload(table);
        Tally tally = collect(begin(threads, always, new Pace(now, 0), thread -> preload));
        if (preload.isBrokenOff()) {
            throw new IOException("the keys could not be written: " + tally.errors());
        }
    }

    private BenchResult measure(ExecutorService threads) throws InterruptedException {
        BenchPlan.Drive drive = plan.drive();
        long now = System.nanoTime();
        long start = now + drive.warmupSeconds() * SECOND;
        Window window = new Window(start, start + drive.seconds() * SECOND);
        KeyChooser keys = plan.zipfian() ? new Zipfian(plan.keys()) : KeyChooser.uniform(plan.keys());
        long interval = drive.rate() == 0 ? 0 : drive.connections() * SECOND / drive.rate();
        List<Future<Tally>> running = begin(
                threads,
                window,
                new Pace(now, interval),
                thread -> new Mix(plan, table, keys, new SplittableRandom(SEED + thread), window));
        sleepUntil(window.startNanos());
        Usage before = Usage.now(cluster, completions);
        sleepUntil(window.endNanos());
        Usage after = Usage.now(cluster, completions);
        return new BenchResult(plan, collect(running), before, after);
    }

    /** What a thread does. */
    @FunctionalInterface
    private interface Scripts {
        Script of(int thread);
    }

    private List<Future<Tally>> begin(ExecutorService threads, Window window, Pace pace, Scripts scripts) {
        List<Future<Tally>> running = new ArrayList<>();
        int connections = plan.drive().connections();
        int first = 0;
        for (int thread = 0; thread < plan.drive().threads(); thread++) {
            int end = connections * (thread + 1) / plan.drive().threads();
            List<Pace> paces = new ArrayList<>();
            for (int client = first; client < end; client++) {
                // Evenly spread, so that a fixed rate is one and not many at once.
                long offset = pace.intervalNanos() * client / connections;
                paces.add(new Pace(pace.firstNanos() + offset, pace.intervalNanos()));
            }
            Client.Shared shared = new Client.Shared(
                    table,
                    window,
                    new Tally(),
                    completions,
                    TimeUnit.MILLISECONDS.toNanos(plan.terms().timeoutMillis()));
            running.add(threads.submit(new Driver(plan, endpoints, scripts.of(thread), shared, paces, first)));
            first = end;
        }
        return running;
    }

    private static Tally collect(List<Future<Tally>> running) throws InterruptedException {
        Tally sum = new Tally();
        for (Future<Tally> thread : running) {
            try {
                sum.add(thread.get());
            } catch (ExecutionException broken) {
                throw new IllegalStateException("a thread of the load generator broke", broken);
            }
        }
        return sum;
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    private ExecutorService threads() {
        return Executors.newFixedThreadPool(plan.drive().threads(), Bench::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bench");
        thread.setDaemon(true);
        return thread;
    }
}
