package io.quorate.node.replica;

import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Scheduler.Timer;
import java.util.function.Consumer;

/** An answer that comes once: the first that is given, or the one for silence when its time is over. */
final class Once<T> {
    private final Scheduler scheduler;
    private final T silence;
    private final Consumer<T> done;
    private final Timer timer;
    private boolean came;

    Once(Scheduler scheduler, int timeoutMillis, T silence, Consumer<T> done) {
        this.scheduler = scheduler;
        this.silence = silence;
        this.done = done;
        this.timer = scheduler.schedule(timeoutMillis, () -> come(silence));
    }

    /** Whether the question left at all; if not, there will be silence, soon and not within this call. */
    void sent(boolean left) {
        if (!left) {
            scheduler.execute(() -> come(silence));
        }
    }

    void come(T answer) {
        if (!came) {
            came = true;
            timer.cancel();
            done.accept(answer);
        }
    }
}
