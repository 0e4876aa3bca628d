package io.quorate.coordinator;

import io.quorate.coordinator.api.ConnectOptions;
import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.coordinator.api.GroupWrite;
import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.conflict.ConflictResolver;
import io.quorate.coordinator.conflict.PatchJson;
import io.quorate.coordinator.conflict.Resolution;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.QuorumCoordinator;
import io.quorate.coordinator.operation.SessionTokens;
import io.quorate.coordinator.operation.Shard;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.coordinator.wire.Address;
import io.quorate.coordinator.wire.Identity;
import io.quorate.coordinator.wire.PeerListener;
import io.quorate.coordinator.wire.PeerTransport;
import io.quorate.coordinator.wire.WireCounts;
import io.quorate.coordinator.wire.WireLimits;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.datatype.Operation;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A coordinator inside the application: it knows the ring, and talks to the replicas of each key itself.
 *
 * <p>Safe for use by any number of threads. Futures complete on its own event loop, so what is chained to them must not block; they
 * fail with a {@link QuorateException}.
 */
public final class Quorate implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final EventLoop loop;
    private final PeerTransport transport;
    private final Discovery discovery;
    private final CompletableFuture<Coordinator> coordinator = new CompletableFuture<>();
    private final Map<String, ConflictResolver> resolvers = new ConcurrentHashMap<>();
    private ClientView view;

    private Quorate(ConnectOptions options) {
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        SystemClock clock = new SystemClock();
        vertx = EventLoop.vertx(1);
        loop = EventLoop.of(vertx.getOrCreateContext(), clock);
        Identity identity = new Identity("", "client-" + Long.toHexString(random.nextLong()));
        transport = new PeerTransport(
                loop, identity, WireLimits.DEFAULT, new WireCounts(), this::address, new Disconnections());
        discovery = new Discovery(options.seeds(), transport, loop.scheduler(), described -> {
            if (view == null) {
                view = new ClientView(described, options.zone(), this::onOtherRing);
                coordinator.complete(new QuorumCoordinator(
                        new Shard(view, transport, loop.scheduler(), clock, random, Patience.DEFAULT),
                        new Resolution(bucket -> Optional.ofNullable(resolvers.get(bucket)))));
            } else {
                view.adopt(described);
            }
        });
        loop.scheduler().execute(discovery::start);
    }

    /**
     * Connects to a cluster; returns when one seed has described it.
     *
     * @param seeds {@code host:port} of the peer listeners of some nodes; one that answers is enough
     * @throws IllegalStateException when none answers within ten seconds
     */
    public static Quorate connect(String... seeds) {
        return connect(ConnectOptions.to(seeds));
    }

    /**
     * Connects to a cluster; returns when one seed has described it.
     *
     * @throws IllegalStateException when none answers within ten seconds
     */
    public static Quorate connect(ConnectOptions options) {
        List<String> seeds = options.seeds();
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("at least one seed, as host:port");
        }
        for (String seed : seeds) {
            if (Address.parse(seed).isEmpty()) {
                throw new IllegalArgumentException("'" + seed + "' is not host:port");
            }
        }
        Quorate quorate = new Quorate(options);
        try {
            quorate.coordinator.get(CONNECT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            return quorate;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            quorate.close();
            throw new IllegalStateException("interrupted while connecting", e);
        } catch (ExecutionException | TimeoutException e) {
            quorate.close();
            throw new IllegalStateException(
                    "none of " + seeds + " answered within " + CONNECT_TIMEOUT.toSeconds()
                            + " s: are they the peer addresses of running nodes?",
                    e);
        }
    }

    /** From now on reads of a bucket whose policy is {@code custom} show what this resolver makes of concurrent values. */
    public Quorate resolve(String bucket, ConflictResolver resolver) {
        resolvers.put(bucket, resolver);
        return this;
    }

    public CompletableFuture<ReadAnswer> get(String bucket, String key) {
        return get(bucket, key, ReadOptions.DEFAULT);
    }

    public CompletableFuture<ReadAnswer> get(String bucket, String key, ReadOptions options) {
        return ask((target, done) -> target.get(Key.of(bucket, key), options, done));
    }

    /** Writes a value, which must be one JSON text: nodes hand it to HTTP clients as it is. */
    public CompletableFuture<WriteAnswer> put(String bucket, String key, String json) {
        return put(bucket, key, json, WriteOptions.DEFAULT);
    }

    public CompletableFuture<WriteAnswer> put(String bucket, String key, String json, WriteOptions options) {
        Bytes value = value(json);
        return ask((target, done) -> target.put(Key.of(bucket, key), value, options, done));
    }

    static Bytes value(String json) {
        if (json.startsWith("\0")) {
            throw new IllegalArgumentException("no JSON text starts with a zero character");
        }
        return Bytes.utf8(json);
    }

    /** Changes a value of a data type, by operations as the body of an HTTP PATCH has them: {@code {"increment":1}}. */
    public CompletableFuture<PatchAnswer> patch(String bucket, String key, String operations, WriteOptions options) {
        List<Operation> read = PatchJson.operations(operations.getBytes(StandardCharsets.UTF_8));
        return ask((target, done) -> target.patch(Key.of(bucket, key), read, options, done));
    }

    public CompletableFuture<WriteAnswer> delete(String bucket, String key, WriteOptions options) {
        return ask((target, done) -> target.delete(Key.of(bucket, key), options, done));
    }

    /** All keys of a bucket that share a {@code {tag}}, with whatever was acknowledged before what is shown. */
    public CompletableFuture<GroupAnswer> getGroup(String bucket, String tag, ReadOptions options) {
        Group group = new Group(bucket, tag);
        return ask((target, done) -> target.readGroup(group, options, done));
    }

    /** Writes several keys that share a {@code {tag}}; at every replica all of them or none. */
    public CompletableFuture<List<WriteAnswer>> putGroup(List<GroupWrite> writes, WriteOptions options) {
        GroupWrite.requireOneGroup(writes);
        return ask((target, done) -> target.writeGroup(writes, options, done));
    }

    /** A session that has seen nothing yet. */
    public Session session() {
        return new Session(this, new SessionTokens(Session.KEYS_MAX));
    }

    /**
     * Goes on with a session of this or another coordinator.
     *
     * @param exported by {@link Session#export}
     * @throws IllegalArgumentException when it is not
     */
    public Session session(String exported) {
        return new Session(this, Session.tokens(exported));
    }

    <T> CompletableFuture<T> onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, loop.scheduler()::execute);
    }

    <T> CompletableFuture<T> ask(BiConsumer<Coordinator, Consumer<Result<T>>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Coordinator target = coordinator.join();
        loop.scheduler()
                .execute(() -> request.accept(target, result -> {
                    if (result instanceof Result.Done<T> done) {
                        answer.complete(done.answer());
                    } else if (result instanceof Result.Failed<T> failed) {
                        answer.completeExceptionally(new QuorateException(failed));
                    }
                }));
        return answer;
    }

    private void onOtherRing(String node) {
        discovery.refresh(node);
    }

    private Optional<Address> address(String node) {
        Optional<String> member = view == null ? Optional.empty() : view.peerAddress(node);
        // A seed is called by its address until a node has said who is who.
        return member.or(() -> Optional.of(node).filter(name -> name.indexOf(':') >= 0))
                .flatMap(Address::parse);
    }

    private final class Disconnections implements PeerListener {
        @Override
        public void onConnected(String node) {
            // The next description tells whether it serves.
        }

        @Override
        public void onDisconnected(String node) {
            if (view != null) {
                view.disconnected(node);
            }
        }
    }

    /** Closes all connections. Requests in flight fail or never complete. */
    @Override
    public void close() {
        loop.scheduler().execute(() -> {
            discovery.stop();
            transport.close();
            vertx.close();
        });
    }
}
