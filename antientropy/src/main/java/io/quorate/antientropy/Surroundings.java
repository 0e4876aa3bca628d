package io.quorate.antientropy;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Transport;
import io.quorate.core.ring.ClusterView;
import java.util.random.RandomGenerator;

/** The world as anti-entropy meets it, on one shard. */
public record Surroundings(
        Clock clock, Scheduler scheduler, Transport transport, ClusterView cluster, RandomGenerator random) {
    PeerCalls peer(String id) {
        return new PeerCalls(scheduler, transport, id);
    }
}
