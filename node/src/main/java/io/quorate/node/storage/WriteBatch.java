package io.quorate.node.storage;

import io.quorate.core.port.Storage.Outcome;
import java.util.List;
import java.util.function.Consumer;

/**
 * Changes of one shard that are made all or none.
 *
 * @param bytes what it takes of the bound of waiting writes
 */
record WriteBatch(ShardStorage shard, List<PendingChange> changes, long bytes, Consumer<Outcome> done) {}
