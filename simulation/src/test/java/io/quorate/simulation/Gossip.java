package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Request;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small replicated program: every node counts, stores, and sends the count to a random peer, which stores it when it is
 * greater than what it has and answers when it is durable.
 */
final class Gossip implements Program {
    private static final int EVERY_MILLIS = 10;

    private final Ports ports;
    private final List<String> nodes;
    private final SortedMap<Bytes, Long> acknowledged;
    private long count;

    /** Writes down in {@code acknowledged} what was durable here at some time; it outlives the program. */
    Gossip(Ports ports, List<String> nodes, SortedMap<Bytes, Long> acknowledged) {
        this.ports = ports;
        this.nodes = nodes;
        this.acknowledged = acknowledged;
    }

    static SimulatedProcess addTo(World world, String id, List<String> nodes, SortedMap<Bytes, Long> acknowledged) {
        return world.add(id, ports -> new Gossip(ports, nodes, acknowledged));
    }

    static long decode(Bytes value) {
        return Long.parseLong(value.toUtf8());
    }

    @Override
    public void start() {
        count = ports.clock().realtimeMillis();
        beat();
    }

    private void beat() {
        ports.scheduler().schedule(EVERY_MILLIS, this::beat);
        String to = nodes.get(ports.random().nextInt(nodes.size()));
        Key key = Key.of("gossip", ports.node() + "/" + ports.random().nextInt(20));
        Request merge = new ReplicaRequest.Merge(key, Bytes.utf8(Long.toString(++count)), List.of());
        ports.transport().call(to, merge, 1_000, (from, reply) -> count += reply instanceof Refused ? 1 : 0);
    }

    @Override
    public RequestHandler requests() {
        return (from, request, reply) -> merge((ReplicaRequest.Merge) request, reply);
    }

    private void merge(ReplicaRequest.Merge merge, RequestHandler.Responder reply) {
        Bytes key = merge.key().encoded();
        ports.storage().get(key, stored -> {
            if (stored instanceof Stored.Present present && decode(present.value()) >= decode(merge.siblings())) {
                reply.send(new ReplicaReply.Durable());
                return;
            }
            Change change = new Change(key, Optional.of(merge.siblings()), 0);
            ports.storage().apply(List.of(change), outcome -> stored(merge, outcome, reply));
        });
    }

    private void stored(ReplicaRequest.Merge merge, Outcome outcome, RequestHandler.Responder reply) {
        if (outcome == Outcome.DURABLE) {
            acknowledged.put(merge.key().encoded(), decode(merge.siblings()));
            reply.send(new ReplicaReply.Durable());
        } else {
            reply.send(new Refused(Refused.Reason.STORAGE_FAILED, outcome.name()));
        }
    }

    @Override
    public CleanStop stop() {
        return new CleanStop(1, count);
    }

    static SortedMap<Bytes, Long> nothing() {
        return new TreeMap<>();
    }
}
