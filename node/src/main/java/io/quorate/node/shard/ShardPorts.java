package io.quorate.node.shard;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Transport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The world as one shard meets it.
 *
 * @param trouble why the node serves only in part, such as a full disk; empty when all is well
 */
public record ShardPorts(
        Clock clock,
        Scheduler scheduler,
        Transport transport,
        Storage storage,
        RandomGenerator random,
        Supplier<String> trouble) {}
