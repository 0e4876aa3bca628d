package io.quorate.endtoend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Many requests at once, but not all. */
final class InFlight {
    private static final int REQUESTS_MAX = 64;

    private InFlight() {}

    /** Starts an action for each item; returns when all are done, or fails as the first that failed. */
    static <T> void forEach(Collection<T> items, Function<T, CompletableFuture<?>> action) {
        map(items, item -> action.apply(item).thenApply(done -> true));
    }

    /** Starts an action for each item; returns what they came to, in the order of the items. */
    static <T, R> List<R> map(Collection<T> items, Function<T, CompletableFuture<R>> action) {
        Semaphore free = new Semaphore(REQUESTS_MAX);
        List<CompletableFuture<R>> results = new ArrayList<>(items.size());
        for (T item : items) {
            free.acquireUninterruptibly();
            results.add(action.apply(item).whenComplete((result, failure) -> free.release()));
        }
        return results.stream().map(CompletableFuture::join).toList();
    }
}
