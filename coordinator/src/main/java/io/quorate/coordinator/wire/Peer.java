package io.quorate.coordinator.wire;

import io.quorate.core.message.Request;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One node as its callers see it: a connection that is opened on demand, kept, and opened again when it broke.
 *
 * <pre>
 *             call                  handshake
 * IDLE ────────────→ CONNECTING ─────────────→ OPEN
 *   ↑                  ↑    │ failed             │ broke
 *   │ nobody   a pause │    ↓                    │
 *   └─ calls ──────── RESTING ←──────────────────┘         any → GONE: close()
 * </pre>
 *
 * <p>Calls made during a first attempt wait for it. Those made while a failing peer is tried again are refused, because
 * another replica can do at once what this one may never do.
 */
final class Peer implements Connector.Outcome {
    /** Enough for the burst at a cluster's start; not for a load. */
    static final int WAITING_MAX = 256;

    /** A peer that nobody called for so long is left alone until somebody does. */
    private static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String node;
    private final Endpoint end;
    private final Connector connector;
    private final Owner owner;
    private final Backoff backoff;
    private final List<Waiting> waiting = new ArrayList<>();
    private State state = State.IDLE;
    private PeerConnection connection;
    private Scheduler.Timer pause;
    private long wantedNanos;
    private String problem = "";

    /** Where the connection stands. */
    private enum State {
        IDLE,
        CONNECTING,
        OPEN,
        RESTING,
        GONE
    }

    /** A call that waits for the first connection. */
    private record Waiting(Request request, long deadlineNanos, ReplyHandler replies) {
        boolean isLate(long nowNanos) {
            return deadlineNanos - nowNanos <= 0;
        }
    }

    /** The transport that the peer belongs to. */
    interface Owner extends PeerListener {
        Optional<Address> addressOf(String node);

        /** The node has no address any more, and nothing of it is kept. */
        void forget(String node);
    }

    Peer(String node, Endpoint end, Connector connector, Backoff backoff, Owner owner) {
        this.node = node;
        this.end = end;
        this.connector = connector;
        this.backoff = backoff;
        this.owner = owner;
    }

    boolean call(Request request, int timeoutMillis, ReplyHandler replies) {
        wantedNanos = end.nowNanos();
        long deadlineNanos = wantedNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        if (state == State.OPEN) {
            return connection.call(request, deadlineNanos, replies);
        }
        if (state == State.IDLE) {
            connect();
        }
        if (state != State.CONNECTING || !backoff.isFresh() || waiting.size() >= WAITING_MAX) {
            return false;
        }
        return waiting.add(new Waiting(request, deadlineNanos, replies));
    }

    /** The node has given a sign of life, which ends a pause. */
    void retry() {
        if (state == State.RESTING) {
            pause.cancel();
            connect();
        }
    }

    /** Forgets the calls whose deadline has passed; true while others wait or are in flight. */
    boolean sweep(long nowNanos) {
        waiting.removeIf(call -> call.isLate(nowNanos));
        return !waiting.isEmpty() || (state == State.OPEN && connection.sweep(nowNanos));
    }

    /** Ends the connection for good; what awaits replies is lost. */
    void close(String reason) {
        State before = state;
        state = State.GONE;
        if (before == State.OPEN) {
            connection.close(reason);
        } else if (before == State.RESTING) {
            pause.cancel();
        }
        loseWaiting();
    }

    @Override
    public void onOpen(FrameSocket socket) {
        if (state != State.CONNECTING) {
            socket.close("no longer wanted");
            return;
        }
        state = State.OPEN;
        backoff.reset();
        problem = "";
        connection = new PeerConnection(node, socket, end, this::onBroken);
        socket.setEvents(connection);
        owner.onConnected(node);
        sendWaiting();
    }

    @Override
    public void onFailed(String reason) {
        if (state == State.CONNECTING) {
            rest("cannot connect to " + node + ": " + reason);
            loseWaiting();
        }
    }

    private void onBroken(String reason) {
        if (state == State.OPEN) {
            rest("lost the connection to " + node + ": " + reason);
        }
        connection = null;
        owner.onDisconnected(node);
    }

    private void connect() {
        Optional<Address> address = owner.addressOf(node);
        if (address.isEmpty()) {
            owner.forget(node);
            return;
        }
        state = State.CONNECTING;
        // A name with a colon is an address: who answers there is not known yet.
        connector.connect(address.get(), node.indexOf(':') < 0 ? node : "", this);
    }

    private void rest(String newProblem) {
        if (!newProblem.equals(problem)) {
            problem = newProblem;
            end.problems().warn(newProblem);
            owner.onFailed(node, newProblem);
        }
        state = State.RESTING;
        pause = end.loop().scheduler().schedule(backoff.nextMillis(), this::onRested);
    }

    private void onRested() {
        state = State.IDLE;
        if (end.nowNanos() - wantedNanos < WANTED_NANOS) {
            connect();
        } else {
            backoff.reset();
        }
    }

    private void sendWaiting() {
        long now = end.nowNanos();
        for (Waiting call : takeWaiting()) {
            if (!call.isLate(now) && !connection.call(call.request(), call.deadlineNanos(), call.replies())) {
                lose(call);
            }
        }
    }

    private void loseWaiting() {
        long now = end.nowNanos();
        for (Waiting call : takeWaiting()) {
            if (!call.isLate(now)) {
                lose(call);
            }
        }
    }

    private void lose(Waiting call) {
        end.deliver(node, PeerConnection.LOST, call.replies());
    }

    private List<Waiting> takeWaiting() {
        List<Waiting> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
