package io.quorate.simulation;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Transport;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Everything that a program has of the world, for one life: after its crash or stop all of it is dead.
 *
 * @param random another stream at every start
 * @param lastCleanStop empty at a first start, after a crash, on a wiped disk and on a restored old one
 */
public record Ports(
        String node,
        Clock clock,
        Scheduler scheduler,
        Transport transport,
        Storage storage,
        RandomGenerator random,
        Optional<CleanStop> lastCleanStop) {
    /** The same, but with a storage that watches what passes through it. */
    public Ports withStorage(Storage other) {
        return new Ports(node, clock, scheduler, transport, other, random, lastCleanStop);
    }
}
