package io.quorate.simulation;

import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The network between the processes of a world. A way from one node to another can be cut by itself; connections need both.
 *
 * <p>A node that calls itself goes the same way, quickly and without loss.
 */
public final class SimulatedNetwork {
    private final World world;
    private final Counters counters = new Counters();
    private final RandomGenerator lateness;
    private final Map<String, Map<String, Route>> routes = new TreeMap<>();
    private final Map<String, SimulatedTransport> transports = new TreeMap<>();
    private UnaryOperator<Request> requestCodec = UnaryOperator.identity();
    private UnaryOperator<Reply> replyCodec = UnaryOperator.identity();

    SimulatedNetwork(World world) {
        this.world = world;
        this.lateness = world.random("network/late");
    }

    /** Puts every message through these on its way: encode, decode, and return what came out. */
    public void codec(UnaryOperator<Request> requests, UnaryOperator<Reply> replies) {
        requestCodec = requests;
        replyCodec = replies;
    }

    /** Nothing passes between the two, either way. */
    public void cut(String a, String b) {
        cutOneWay(a, b);
        cutOneWay(b, a);
    }

    /** Nothing passes from the one to the other. */
    public void cutOneWay(String from, String to) {
        if (from.equals(to)) {
            throw new IllegalArgumentException("nothing cuts " + from + " off from itself");
        }
        route(from, to).cut();
        tellOfCut(from, to);
        tellOfCut(to, from);
    }

    /** Nothing passes between this node and any other. */
    public void isolate(String id) {
        for (SimulatedProcess other : world.processes()) {
            if (!other.id().equals(id)) {
                cut(id, other.id());
            }
        }
    }

    public boolean isCut(String from, String to) {
        return route(from, to).isCut();
    }

    /** Everything passes between the two again. */
    public void heal(String a, String b) {
        route(a, b).heal();
        route(b, a).heal();
    }

    /** Everything passes again. */
    public void heal() {
        routes.values().forEach(from -> from.values().forEach(Route::heal));
    }

    public NetworkCounts counts() {
        return counters.counts();
    }

    private void tellOfCut(String end, String other) {
        SimulatedTransport transport = transports.get(end);
        if (transport != null) {
            transport.onCut(other);
        }
    }

    SimulatedTransport join(Life life, Supplier<Program> program, RandomGenerator random) {
        SimulatedTransport transport = new SimulatedTransport(this, life, program, random);
        transports.put(life.node(), transport);
        return transport;
    }

    void leave(Life life) {
        transports.remove(life.node());
        transports.values().forEach(transport -> transport.onPeerGone(life));
    }

    /** The transport of the node's present life; null when it has none. */
    SimulatedTransport find(String node) {
        return transports.get(node);
    }

    Connection connection(String from, String to) {
        return new Connection(route(from, to), route(to, from));
    }

    Route route(String from, String to) {
        return routes.computeIfAbsent(from, first -> new TreeMap<>())
                .computeIfAbsent(to, second -> new Route(world, counters, from, to));
    }

    Request coded(Request request) {
        return requestCodec.apply(request);
    }

    Reply coded(Reply reply) {
        return replyCodec.apply(reply);
    }

    boolean handsOverLate() {
        return lateness.nextDouble() < world.faults().messages().lateChance();
    }

    Counters counters() {
        return counters;
    }
}
