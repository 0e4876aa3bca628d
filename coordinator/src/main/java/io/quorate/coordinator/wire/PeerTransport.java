package io.quorate.coordinator.wire;

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.core.message.Request;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the requests of one event loop to other nodes, over one connection to each.
 *
 * <p>A node that is not connected is connected to by the first call to it, which waits for that; see {@link Peer} for what
 * becomes of calls to a node that fails. A name of the form {@code host:port} stands for whatever node answers there, so that a
 * seed can be asked before its id is known.
 *
 * <p>All methods belong to the loop.
 */
public final class PeerTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTransport.class);
    /** The grain of deadlines: a call is forgotten up to so much, and a tick of the scheduler, later than its deadline. */
    private static final long SWEEP_MILLIS = 500;

    private final Endpoint end;
    private final Function<String, Optional<Address>> addresses;
    private final PeerListener listener;
    private final Connector connector;
    private final SplittableRandom random = new SplittableRandom();
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Peer.Owner owner = new PeersOwner();
    private boolean sweeping;
    private boolean closed;

    /**
     * A transport without connections.
     *
     * @param addresses node id, or {@code host:port}, to where it is reached; asked anew for every attempt to connect
     */
    public PeerTransport(
            EventLoop loop,
            Identity self,
            WireLimits limits,
            WireCounts counts,
            Function<String, Optional<Address>> addresses,
            PeerListener listener) {
        end = Endpoint.of(loop, self, limits, counts, LOG);
        this.addresses = addresses;
        this.listener = listener;
        connector = new Connector(end);
    }

    @Override
    public boolean call(String node, Request request, int timeoutMillis, ReplyHandler replies) {
        if (closed || timeoutMillis <= 0) {
            return false;
        }
        boolean taken = peer(node).call(request, timeoutMillis, replies);
        if (!taken) {
            end.counts().onRefused();
        }
        if (taken && !sweeping) {
            sweepLater();
        }
        return taken;
    }

    /** Connects at once to a node that is about to be tried again: it has just shown that it lives. */
    public void retry(String node) {
        Peer peer = peers.get(node);
        if (peer != null) {
            peer.retry();
        }
    }

    /** Closes the connection to a node; what awaits replies on it is lost. A later call connects anew. */
    public void disconnect(String node) {
        Peer peer = peers.remove(node);
        if (peer != null) {
            peer.close("no longer wanted");
        }
    }

    /** Closes all connections, for good. */
    public void close() {
        closed = true;
        List<Peer> closing = List.copyOf(peers.values());
        peers.clear();
        for (Peer peer : closing) {
            peer.close("this side stops");
        }
        connector.close();
    }

    private Peer peer(String node) {
        Peer peer = peers.get(node);
        if (peer == null) {
            WireLimits limits = end.limits();
            Backoff backoff = new Backoff(limits.reconnectMillisMin(), limits.reconnectMillisMax(), random);
            peer = new Peer(node, end, connector, backoff, owner);
            peers.put(node, peer);
        }
        return peer;
    }

    private void sweepLater() {
        sweeping = true;
        end.loop().scheduler().scheduleCoarse(SWEEP_MILLIS, this::sweep);
    }

    private void sweep() {
        sweeping = false;
        long now = end.nowNanos();
        boolean again = false;
        for (Peer peer : peers.values()) {
            again |= peer.sweep(now);
        }
        if (again) {
            sweepLater();
        }
    }

    /** What this transport does for its peers. */
    private final class PeersOwner implements Peer.Owner {
        @Override
        public Optional<Address> addressOf(String node) {
            try {
                return addresses.apply(node);
            } catch (RuntimeException e) {
                end.loop().report(e);
                return Optional.empty();
            }
        }

        @Override
        public void forget(String node) {
            peers.remove(node);
        }

        @Override
        public void onConnected(String node) {
            LOG.info("connected to {}", node);
            tell(listener::onConnected, node);
        }

        @Override
        public void onDisconnected(String node) {
            tell(listener::onDisconnected, node);
        }

        @Override
        public void onFailed(String node, String reason) {
            tell(failed -> listener.onFailed(failed, reason), node);
        }

        private void tell(Consumer<String> news, String node) {
            try {
                news.accept(node);
            } catch (RuntimeException e) {
                end.loop().report(e);
            }
        }
    }
}
