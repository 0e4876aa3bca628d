package io.quorate.node;

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.coordinator.wire.WireCounts;
import io.quorate.core.ring.Ring;
import io.quorate.node.config.Settings;
import io.quorate.node.http.metrics.Metrics;
import io.quorate.node.runtime.Readiness;
import io.quorate.node.runtime.RepairWatch;
import io.quorate.node.runtime.ShardLoop;
import io.quorate.node.runtime.Shards;
import io.quorate.node.shard.Origin;
import io.quorate.node.storage.CleanStop;
import io.quorate.node.storage.Store;
import io.quorate.node.storage.StoreSettings;
import io.quorate.node.storage.StoreStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of the cluster: the composition root, where everything is built and joined. */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final int START_SECONDS_MAX = 30;
    private static final int STOP_SECONDS_MAX = 8;

    private final Vertx vertx;
    private final Store store;
    private final Metrics metrics = new Metrics();
    private final WireCounts wireCounts = new WireCounts();
    private final Readiness readiness;
    private final List<ShardHost> hosts = new ArrayList<>();

    private Daemon(Vertx vertx, Store store) {
        this.vertx = vertx;
        this.store = store;
        new StoreMetrics(metrics, store::status).register();
        new WireMetrics(metrics, wireCounts).register();
        this.readiness = new Readiness(() -> troubles(store.status()));
    }

    /** Starts the node that the settings describe; returns when it listens. */
    public static Daemon start(Settings settings) {
        Store store = openStore(settings);
        Vertx vertx = EventLoop.vertx(settings.shards());
        Daemon daemon = new Daemon(vertx, store);
        try {
            daemon.build(settings);
        } catch (RuntimeException e) {
            daemon.stop();
            throw e;
        }
        return daemon;
    }

    private static Store openStore(Settings settings) {
        Settings.Storage storage = settings.storage();
        StoreSettings usual =
                StoreSettings.of(storage.folder(), settings.cluster().name(), settings.nodeId());
        try {
            return Store.open(new StoreSettings(
                    storage.folder(),
                    usual.cluster(),
                    usual.node(),
                    storage.durability(),
                    storage.intervalMillis(),
                    Math.toIntExact(storage.segmentBytesMax()),
                    storage.cacheBytesMax(),
                    Math.toIntExact(storage.waitingBytesMax()),
                    storage.freeBytesMin(),
                    usual.compactionBytesPerSecond(),
                    storage.scrubBytesPerSecond()));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** A full disk is no such trouble: the node still reads, and refuses writes by itself. */
    private static List<String> troubles(StoreStatus status) {
        return status.state() == StoreStatus.State.FAILED
                ? List.of("the node's storage failed: " + status.reason())
                : List.of();
    }

    private void build(Settings settings) {
        SecureRandom random = new SecureRandom();
        Origin origin = store.lastCleanStop()
                .map(stop -> new Origin(stop.incarnation(), stop.lastTime()))
                .orElseGet(() -> Origin.fresh(new SplittableRandom(random.nextLong())));
        AtomicReference<Shards> shards = new AtomicReference<>();
        ShardHost.Common common = new ShardHost.Common(settings, store, wireCounts, origin, shards::get);
        for (int index = 0; index < settings.shards(); index++) {
            EventLoop loop = EventLoop.of(loopContext(), new SystemClock());
            hosts.add(new ShardHost(common, loop, index, random.nextLong()));
        }
        shards.set(new Shards(
                Ring.of(settings.founding()),
                hosts.stream().map(ShardHost::shard).toList()));
        // Clients last: requests that come before the node has found its peers can only fail or wait.
        await(
                all(ShardHost::start).compose(started -> all(host -> host.openToClients(vertx, readiness, metrics))),
                START_SECONDS_MAX);
        ShardLoop first = shards.get().first();
        first.execute(() -> readiness.watch(first));
        watchRepair(shards.get());
    }

    private Future<?> all(Function<ShardHost, Future<Void>> step) {
        return Future.all(hosts.stream().map(step).toList());
    }

    private void watchRepair(Shards shards) {
        RepairMetrics repair = new RepairMetrics(metrics);
        RepairWatch watch = new RepairWatch(shards, repair::register);
        repair.read(watch::latest);
        shards.first().execute(watch::start);
    }

    /** A context of the next event loop in turn. */
    private Context loopContext() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Stops accepting, finishes what is in flight, and leaves the data so that the next start need not recover. */
    public void stop() {
        readiness.stopping();
        await(Future.join(hosts.stream().map(ShardHost::closeToClients).toList()), STOP_SECONDS_MAX);
        List<Future<Origin>> origins =
                hosts.stream().map(ShardHost::closeToPeers).toList();
        await(Future.join(origins), STOP_SECONDS_MAX);
        closeStore(commonOrigin(origins));
        await(vertx.close(), STOP_SECONDS_MAX);
        metrics.close();
    }

    private void closeStore(Optional<Origin> origin) {
        try {
            if (origin.isPresent()) {
                store.close(
                        new CleanStop(origin.get().incarnation(), origin.get().lastTime()));
            } else {
                store.close();
            }
        } catch (IOException e) {
            LOG.error("the store could not be closed in good order; the next start recovers", e);
        }
    }

    /** Shards that went on under incarnations of their own leave none that the next start could resume. */
    private static Optional<Origin> commonOrigin(List<Future<Origin>> origins) {
        if (origins.isEmpty() || origins.stream().anyMatch(Future::failed)) {
            return Optional.empty();
        }
        long lastTime = origins.stream()
                .mapToLong(origin -> origin.result().lastTime())
                .max()
                .orElseThrow();
        long incarnation = origins.get(0).result().incarnation();
        return origins.stream().allMatch(origin -> origin.result().incarnation() == incarnation)
                ? Optional.of(new Origin(incarnation, lastTime))
                : Optional.empty();
    }

    private static void await(Future<?> future, int secondsMax) {
        try {
            future.toCompletionStage().toCompletableFuture().get(secondsMax, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("not done within " + secondsMax + " s", e);
        }
    }
}
