package io.quorate.node.replica;

import io.quorate.antientropy.KeyTrees;
import io.quorate.antientropy.ReplicaKeys;
import io.quorate.core.Bytes;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Stored;
import java.util.List;
import java.util.Optional;

/**
 * Brings one shard's hash trees from a clean stop to the next start, so that they need not be built anew.
 *
 * <p>What was saved is removed as soon as it is read, before any write: after a crash it would describe a store that has moved on.
 */
public final class TreeKeeper {
    private final KeyStates states;
    private final KeyTrees trees;
    private final Storage storage;
    private final ReplicaKeys keys;
    private final Bytes record;

    TreeKeeper(Replica.Parts parts, ReplicaKeys keys, Bytes record) {
        this.states = parts.states();
        this.trees = parts.trees();
        this.storage = parts.surroundings().storage();
        this.keys = keys;
        this.record = record;
    }

    /**
     * Takes up what was saved, or begins to build the trees.
     *
     * @param onRead runs first, when writes may come
     * @param onBuilt runs once, when all trees are of use
     */
    public void restore(Runnable onRead, Runnable onBuilt) {
        storage.get(record, stored -> {
            if (stored instanceof Stored.Present present) {
                trees.restore(present.value());
            }
            if (!(stored instanceof Stored.Absent)) {
                states.remove(List.of(record), outcome -> {});
            }
            onRead.run();
            trees.build(keys, new FirstTime(onBuilt));
        });
    }

    /** Saves the trees, if they are built; {@code done} runs when they and all before them are durable. */
    public void save(Runnable done) {
        Optional<Bytes> saved = trees.save();
        if (saved.isPresent()) {
            states.saveTrees(record, saved.get(), outcome -> done.run());
        } else {
            storage.apply(List.of(), outcome -> done.run());
        }
    }

    /** Runs a task the first time only. */
    private static final class FirstTime implements Runnable {
        private Optional<Runnable> task;

        FirstTime(Runnable task) {
            this.task = Optional.of(task);
        }

        @Override
        public void run() {
            Optional<Runnable> first = task;
            task = Optional.empty();
            first.ifPresent(Runnable::run);
        }
    }
}
