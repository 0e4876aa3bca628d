package io.quorate.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that write without a pause until they are stopped. */
final class WriteLoad implements AutoCloseable {
    private static final int CLIENTS = 6;
    private static final int SECONDS_MAX = 120;

    private final WriteHistory history = new WriteHistory();
    private final Semaphore acknowledgements = new Semaphore(0);
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<WritingClient> clients = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private List<Future<?>> running = List.of();

    WriteLoad(Random random) {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new WritingClient("c" + i, new Random(random.nextLong()), history, acknowledgements::release));
        }
    }

    WriteHistory history() {
        return history;
    }

    /** Lets the clients write through these nodes. */
    void start(List<NodeApi> through) {
        stopping.set(false);
        running = new ArrayList<>();
        for (WritingClient client : clients) {
            running.add(threads.submit(() -> {
                while (!stopping.get()) {
                    client.write(through);
                }
            }));
        }
    }

    /** Waits for that many more acknowledgements, from now on. */
    void awaitAcknowledged(int more) throws InterruptedException {
        acknowledgements.drainPermits();
        if (!acknowledgements.tryAcquire(more, SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new AssertionError("writes are not acknowledged any more");
        }
    }

    /** Returns when each client has ended its last write. */
    void stop() throws Exception {
        stopping.set(true);
        for (Future<?> client : running) {
            client.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        stopping.set(true);
        threads.shutdownNow();
    }

    /** The answer, if one came. */
    static Optional<Answer> send(NodeApi api, String method, String path, String body, String... headers) {
        return api.sendAsync(method, path, body, headers)
                .handle((answer, gone) -> Optional.ofNullable(answer))
                .join();
    }
}
