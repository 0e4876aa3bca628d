package io.quorate.simulation;

import io.quorate.core.message.Lost;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.port.Transport;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The transport of one life: its connections, and the calls that wait for replies.
 *
 * <p>A connection leads to one life of the peer. When that life ends, what is sent is silently lost until this end notices; then
 * the calls that still wait get {@link Lost}, and new ones are refused until the peer can be reached again.
 */
final class SimulatedTransport implements Transport {
    private static final class Call {
        private final String node;
        private final Connection connection;
        private final long deadlineNanos;
        private final ReplyHandler replies;
        private boolean answered;

        Call(String node, Connection connection, long deadlineNanos, ReplyHandler replies) {
            this.node = node;
            this.connection = connection;
            this.deadlineNanos = deadlineNanos;
            this.replies = replies;
        }

        void answered() {
            if (!answered) {
                answered = true;
                connection.answered();
            }
        }
    }

    private final SimulatedNetwork network;
    private final Life life;
    private final Supplier<Program> program;
    private final RandomGenerator random;
    private final Map<String, Connection> connections = new TreeMap<>();
    private final Map<Long, Call> calls = new LinkedHashMap<>();
    private long lastCall;

    SimulatedTransport(SimulatedNetwork network, Life life, Supplier<Program> program, RandomGenerator random) {
        this.network = network;
        this.life = life;
        this.program = program;
        this.random = random;
    }

    Life life() {
        return life;
    }

    @Override
    public boolean call(String node, Request request, int timeoutMillis, ReplyHandler replies) {
        if (life.isOver()) {
            return false;
        }
        forgetExpired();
        Connection connection = connections.computeIfAbsent(node, to -> network.connection(life.node(), to));
        if (!isConnected(node, connection) || connection.unanswered() >= faults().inFlightMax()) {
            network.counters().refused++;
            return false;
        }
        long deadline = now() + timeoutMillis * World.NANOS_PER_MILLI;
        long id = ++lastCall;
        calls.put(id, new Call(node, connection, deadline, replies));
        connection.asked();
        SimulatedTransport peer = connection.peer();
        Request sent = network.coded(request);
        connection.out().send(peer.life, EventKind.REQUEST, sent, () -> peer.receive(this, id, sent, deadline));
        if (random.nextDouble() < faults().resetChance() && peer != this) {
            breakSoon(connection);
        }
        return true;
    }

    private boolean isConnected(String node, Connection connection) {
        if (connection.peer() != null) {
            if (connection.peer().life.isOver()) {
                // What is about to be sent will find nobody, and that will come back.
                breakSoon(connection);
            }
            return true;
        }
        if (now() < connection.retryNanos()) {
            return false;
        }
        SimulatedTransport peer = network.find(node);
        if (peer == null || connection.isCut()) {
            connection.retryAt(now() + faults().notice().nanos(random));
            return false;
        }
        connection.connect(peer);
        return true;
    }

    /** In the life that was asked. */
    private void receive(SimulatedTransport asker, long call, Request request, long deadlineNanos) {
        if (now() > deadlineNanos && !network.handsOverLate()) {
            network.counters().late++;
            return;
        }
        RequestHandler.Responder back = reply -> answer(asker, call, reply);
        program.get().requests().onRequest(asker.life.node(), request, back);
    }

    private void answer(SimulatedTransport asker, long call, Reply reply) {
        if (!life.isOver()) {
            Reply sent = network.coded(reply);
            network.route(life.node(), asker.life.node())
                    .send(asker.life, EventKind.REPLY, sent, () -> asker.accept(call, sent));
        }
    }

    /** In the life that asked. */
    private void accept(long id, Reply reply) {
        Call call = calls.get(id);
        if (call == null || now() > call.deadlineNanos) {
            return;
        }
        // A stamp is followed by more. Even after a last answer the call is kept, so that a doubled one gets through.
        if (reply.isFinal()) {
            call.answered();
        }
        call.replies.onReply(call.node, reply);
    }

    /** The peer's life ended, or nothing of it will: this end notices by and by, unless a cut keeps the news away. */
    private void breakSoon(Connection connection) {
        if (connection.beginBreak()) {
            SimulatedTransport peer = connection.peer();
            breakLater(connection, peer, faults().notice()).behind(connection::breakIsNoticed);
        }
    }

    private Event breakLater(Connection connection, SimulatedTransport peer, Delay delay) {
        return life.later(delay.nanos(random), EventKind.BREAK, peer.life.node(), () -> {
            if (connection.leadsTo(peer)) {
                broken(connection);
            }
        });
    }

    private void broken(Connection connection) {
        network.counters().broken++;
        connection.disconnect(now() + faults().notice().nanos(random));
        for (Call call : takeUnanswered(connection)) {
            life.later(0, EventKind.REPLY, new Lost(), () -> call.replies.onReply(call.node, new Lost()));
        }
    }

    private List<Call> takeUnanswered(Connection connection) {
        long now = now();
        List<Call> of = calls.values().stream()
                .filter(call -> call.connection == connection)
                .toList();
        calls.values().removeAll(of);
        List<Call> unanswered = of.stream()
                .filter(call -> !call.answered && call.deadlineNanos >= now)
                .toList();
        of.forEach(Call::answered);
        return unanswered;
    }

    void onPeerGone(Life gone) {
        for (Connection connection : connections.values()) {
            if (connection.peer() != null && connection.peer().life == gone) {
                breakSoon(connection);
            }
        }
    }

    /** If the cut lasts long enough, this end gives the connection up. */
    void onCut(String node) {
        Connection connection = connections.get(node);
        if (connection != null && connection.peer() != null) {
            long mark = connection.cutMark();
            breakLater(connection, connection.peer(), faults().cutNotice()).behind(() -> connection.cutMark() == mark);
        }
    }

    /** Looks at the oldest calls only: timeouts are alike enough for the rest to follow soon. */
    private void forgetExpired() {
        Iterator<Call> oldest = calls.values().iterator();
        while (oldest.hasNext()) {
            Call call = oldest.next();
            if (call.deadlineNanos >= now()) {
                return;
            }
            call.answered();
            oldest.remove();
        }
    }

    private long now() {
        return life.world().nowNanos();
    }

    private Faults.Connections faults() {
        return life.world().faults().connections();
    }
}
