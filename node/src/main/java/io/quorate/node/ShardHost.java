package io.quorate.node;

import io.quorate.antientropy.Reaper;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.wire.Address;
import io.quorate.coordinator.wire.Identity;
import io.quorate.coordinator.wire.PeerListener;
import io.quorate.coordinator.wire.PeerTransport;
import io.quorate.coordinator.wire.WireCounts;
import io.quorate.coordinator.wire.WireLimits;
import io.quorate.coordinator.wire.WireServer;
import io.quorate.coordinator.wire.codec.Versions;
import io.quorate.core.port.Storage;
import io.quorate.node.config.Settings;
import io.quorate.node.http.HttpApi;
import io.quorate.node.http.HttpEndpoint;
import io.quorate.node.http.HttpLimits;
import io.quorate.node.http.metrics.Metrics;
import io.quorate.node.membership.FailureDetector.Timing;
import io.quorate.node.membership.LocalView;
import io.quorate.node.replica.Replica.Limits;
import io.quorate.node.runtime.LocalNodeView;
import io.quorate.node.runtime.Readiness;
import io.quorate.node.runtime.RequestRouter;
import io.quorate.node.runtime.RoutedTransport;
import io.quorate.node.runtime.ShardLoop;
import io.quorate.node.runtime.Shards;
import io.quorate.node.shard.Neighbours;
import io.quorate.node.shard.NodeShard;
import io.quorate.node.shard.Origin;
import io.quorate.node.shard.ShardPorts;
import io.quorate.node.shard.ShardSettings;
import io.quorate.node.shard.ShardSettings.Background;
import io.quorate.node.storage.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All that lives on one event loop of the node: a shard, its ways to the other nodes, and its listeners. */
final class ShardHost {
    private static final int WAITING_MAX = 10_000;
    private static final int RECONNECT_MILLIS_MAX = 250;
    private static final int LOOK_MILLIS = 20;
    /** A node that cannot serve by then tells clients why. */
    private static final int LOOKS_MAX = 500;

    private static final Duration HTTP_GRACE = Duration.ofSeconds(3);

    private final Settings settings;
    private final EventLoop loop;
    private final Supplier<Shards> shards;
    private final Storage storage;
    private final PeerTransport peers;
    private final ShardLoop shard;
    private final WireServer wire;
    private HttpEndpoint http;

    /**
     * What all loops of the node have in common.
     *
     * @param shards answers once all of them are built
     */
    record Common(Settings settings, Store store, WireCounts counts, Origin origin, Supplier<Shards> shards) {}

    /** Builds one loop's part; nothing of it runs yet. */
    ShardHost(Common node, EventLoop loop, int index, long seed) {
        Settings settings = node.settings();
        this.settings = settings;
        this.loop = loop;
        this.shards = node.shards();
        this.storage = node.store().shard(loop.scheduler());
        Identity identity = new Identity(
                settings.cluster().name(),
                settings.nodeId(),
                Versions.SPOKEN.upTo(settings.wire().versionMax()));
        WireLimits limits = limits(settings.wire());
        this.peers = new PeerTransport(loop, identity, limits, node.counts(), this::address, new Connections());
        RoutedTransport transport = new RoutedTransport(settings.nodeId(), peers, shards, this::shard);
        ShardPorts ports = new ShardPorts(
                loop.clock(), loop.scheduler(), transport, storage, new SplittableRandom(seed), node.store()::reason);
        NodeShard nodeShard = new NodeShard(shardSettings(node, index), ports, node.origin(), new OtherLoops());
        this.shard = new ShardLoop(loop, nodeShard, peers);
        this.wire = new WireServer(
                loop, identity, limits, node.counts(), new RequestRouter(shards, this::shard), this::onArrival);
    }

    /** A node that was down is up: each loop would find out by itself, a pause later. */
    private void onArrival(String node) {
        shards.get().all().forEach(loop -> loop.onSignOfLife(node));
    }

    /** A connection made or broken on any loop is news for the first shard, which judges who can be reached. */
    private final class Connections implements PeerListener {
        @Override
        public void onConnected(String node) {
            ShardLoop first = shards.get().first();
            first.execute(() -> first.shard().speaker().onConnected(node));
            tell(view -> view.setProblem(node, ""));
        }

        @Override
        public void onFailed(String node, String reason) {
            tell(view -> view.setProblem(node, reason));
        }

        private void tell(Consumer<LocalView> news) {
            shards.get().all().forEach(loop -> loop.execute(() -> loop.shard().update(news)));
        }

        @Override
        public void onDisconnected(String node) {
            ShardLoop first = shards.get().first();
            first.execute(() -> first.shard().speaker().onDisconnected(node));
        }
    }

    ShardLoop shard() {
        return shard;
    }

    /** Begins to serve the other nodes; completes when clients can be served too, or it has taken too long. */
    Future<Void> start() {
        loop.scheduler().execute(shard.shard()::start);
        Promise<Void> coordinating = Promise.promise();
        return wire.listen(new Address(settings.peer().host(), settings.peer().port()))
                .compose(port -> {
                    loop.scheduler().execute(() -> awaitCoordinating(coordinating, LOOKS_MAX));
                    return coordinating.future();
                });
    }

    private void awaitCoordinating(Promise<Void> coordinating, int looks) {
        if (shard.shard().canCoordinate() || looks == 0) {
            coordinating.complete();
        } else {
            loop.scheduler().schedule(LOOK_MILLIS, () -> awaitCoordinating(coordinating, looks - 1));
        }
    }

    /** Opens the listener for clients. */
    Future<Void> openToClients(Vertx vertx, Readiness readiness, Metrics metrics) {
        HttpApi api = new HttpApi(
                httpLimits(settings.limits()),
                shard.shard().coordinator(),
                new LocalNodeView(settings.nodeId(), shard, shards.get(), readiness),
                metrics);
        return listenForClients(vertx, api);
    }

    private Future<Void> listenForClients(Vertx vertx, HttpApi api) {
        Promise<Void> listening = Promise.promise();
        loop.scheduler()
                .execute(() -> HttpEndpoint.open(
                                vertx, settings.http().host(), settings.http().port(), api)
                        .onSuccess(endpoint -> http = endpoint)
                        .<Void>mapEmpty()
                        .onComplete(listening));
        return listening.future();
    }

    /** Takes no more requests of clients, and waits for those in flight. */
    Future<Void> closeToClients() {
        return http == null ? Future.succeededFuture() : http.close(HTTP_GRACE);
    }

    /** Stops serving other nodes; completes when all that was written is durable, with what the next start may go on from. */
    Future<Origin> closeToPeers() {
        Promise<Origin> closed = Promise.promise();
        loop.scheduler().execute(() -> {
            shard.shard().stop(() -> {
                peers.close();
                wire.close();
                closed.complete(shard.shard().origin());
            });
        });
        return closed.future();
    }

    /** The node's other shards, each on its own loop. */
    private final class OtherLoops implements Neighbours {
        @Override
        public void tellOthers(Consumer<LocalView> change) {
            for (ShardLoop other : shards.get().all()) {
                if (other != shard) {
                    other.execute(() -> other.shard().update(change));
                }
            }
        }

        @Override
        public void tellFirst(Consumer<NodeShard> news) {
            ShardLoop first = shards.get().first();
            first.execute(() -> news.accept(first.shard()));
        }
    }

    /** Who is no member, or not yet, is called by its address. */
    private Optional<Address> address(String node) {
        return shard.shard()
                .view()
                .table()
                .find(node)
                .map(entry -> entry.claim().peer())
                .or(() -> Optional.of(node).filter(name -> name.indexOf(':') >= 0))
                .flatMap(Address::parse);
    }

    private static ShardSettings shardSettings(Common node, int index) {
        Settings settings = node.settings();
        return new ShardSettings(
                index,
                settings.shards(),
                new ShardSettings.Node(
                        settings.self(), node.store().id(), settings.cluster().seeds(), settings.founding()),
                settings.buckets(),
                new Timing(
                        settings.heartbeat().intervalMillis(),
                        settings.heartbeat().suspectMillis()),
                Patience.DEFAULT,
                new Background(
                        settings.handoff().enabled(),
                        settings.antiEntropy().intervalMillis(),
                        settings.antiEntropy().bytesPerSecondMax() / settings.shards() + 1,
                        new Reaper.Settings(
                                settings.tombstones().ageMillis(),
                                settings.tombstones().intervalMillis())),
                new Limits(WAITING_MAX, settings.handoff().debtsMax()),
                settings.clock().driftMillisMax());
    }

    private static WireLimits limits(Settings.Wire wire) {
        WireLimits usual = WireLimits.DEFAULT;
        return new WireLimits(
                wire.frameBytesMax(),
                wire.callsInFlightMax(),
                wire.bytesInFlightMax(),
                Math.max(usual.outboundBytesMax(), wire.frameBytesMax()),
                usual.connectionsMax(),
                usual.connectTimeoutMillis(),
                usual.handshakeTimeoutMillis(),
                usual.reconnectMillisMin(),
                // Peers are few and near: one that was restarted is missed by requests until it is connected again.
                RECONNECT_MILLIS_MAX,
                usual.silenceMillisMax());
    }

    private static HttpLimits httpLimits(Settings.Limits limits) {
        HttpLimits usual = HttpLimits.DEFAULT;
        return new HttpLimits(
                limits.valueBytesMax(),
                limits.keyBytesMax(),
                limits.requestsInFlightMax(),
                usual.bodyBytesMax(),
                usual.connectionsMax(),
                usual.discardBytesMax(),
                usual.idleTimeoutMillis());
    }
}
