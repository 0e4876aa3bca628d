package io.quorate.node.cli.bench;

import java.util.Optional;
import java.util.SplittableRandom;

/** Operations of a workload, until the window is over. One thread's own. */
final class Mix implements Script {
    private final BenchPlan plan;
    private final KeyTable table;
    private final KeyChooser keys;
    private final SplittableRandom random;
    private final Window window;

    Mix(BenchPlan plan, KeyTable table, KeyChooser keys, SplittableRandom random, Window window) {
        this.plan = plan;
        this.table = table;
        this.keys = keys;
        this.random = random;
        this.window = window;
    }

    @Override
    public Optional<Task> next(long now) {
        if (window.isOver(now)) {
            return Optional.empty();
        }
        Workload.Kind kind = plan.workload().kind(random.nextInt(100));
        int key = keys.next(random);
        return Optional.of(new Task(kind, kind == Workload.Kind.READ || plan.contended() ? key : taken(key)));
    }

    @Override
    public boolean isTriedAgain() {
        return false;
    }

    /** The key, or another that nobody writes: there are more keys than clients. */
    private int taken(int wanted) {
        int key = wanted;
        while (!table.take(key)) {
            key = keys.next(random);
        }
        return key;
    }
}
