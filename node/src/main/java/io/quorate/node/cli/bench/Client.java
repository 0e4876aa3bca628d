package io.quorate.node.cli.bench;

import io.quorate.node.cli.client.Lane;
import io.quorate.node.cli.client.Message;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.client.UnreachableException;
import io.quorate.node.cli.client.Waiter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection's user. An operation is due, perhaps a read to learn what is there, the request itself, then the next operation: at
 * once in a closed loop, else when it is due.
 */
final class Client {
    private static final byte[] SIBLINGS = "\"siblings\":true".getBytes(StandardCharsets.US_ASCII);
    /** Each concurrent value comes with its version. No value that is written here holds these bytes. */
    private static final byte[] VERSION = "\"version\":".getBytes(StandardCharsets.US_ASCII);

    private static final int SIBLINGS_STATUS = 300;
    private static final int NOT_FOUND = 404;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Script script;
    private final Shared shared;
    private final Lane lane;
    private final KeyRequests requests;
    private final Pace pace;
    private Optional<Script.Task> task = Optional.empty();
    private long due;
    private long sent;
    private boolean busy;
    private boolean finished;

    /** What the clients of one thread share. */
    record Shared(KeyTable table, Window window, Tally tally, Completions completions, long timeoutNanos) {}

    Client(Script script, Shared shared, Lane lane, KeyRequests requests, Pace pace) {
        this.script = script;
        this.shared = shared;
        this.lane = lane;
        this.requests = requests;
        this.pace = pace;
        due = pace.firstNanos();
    }

    boolean isBusy() {
        return busy;
    }

    /** Whether there was nothing left to do when it last looked. */
    boolean isFinished() {
        return finished;
    }

    /** When the next operation is due; it may have passed. */
    long due() {
        return due;
    }

    /** Begins the operation that is due, if there is one. */
    void begin(long now) {
        boolean behind = now - due >= pace.intervalNanos();
        if (pace.isFixed() && behind && shared.window().isOver(now)) {
            countUnsent();
        }
        if (task.isEmpty()) {
            task = script.next(pace.isFixed() ? due : now);
        }
        finished = task.isEmpty();
        if (!finished) {
            busy = true;
            begin(task.get(), now);
        }
    }

    private void begin(Script.Task begun, long now) {
        if (!pace.isFixed()) {
            due = now;
        }
        if (begun.kind() == Workload.Kind.WRITE && shared.table().isKnown(begun.key())) {
            sent = due;
            write(begun, shared.table().context(begun.key()));
        } else if (begun.kind() == Workload.Kind.WRITE) {
            send(requests.get(begun.key()), response -> looked(begun, response));
        } else {
            sent = due;
            send(requests.get(begun.key()), response -> read(begun, response));
        }
    }

    private void looked(Script.Task begun, Response response) {
        count(Tally::look);
        if (response.isDone() || response.status() == NOT_FOUND) {
            sent = pace.isFixed() ? due : System.nanoTime();
            write(begun, response.context());
        } else {
            failed(label(response));
        }
    }

    private void read(Script.Task begun, Response response) {
        if (!response.isDone()) {
            failed(label(response));
            return;
        }
        done(Workload.Kind.READ, sent);
        if (response.status() == SIBLINGS_STATUS) {
            int values = response.count(VERSION);
            count(tally -> tally.siblings(values));
            shared.table().doubt(begun.key());
        }
        if (begun.kind() == Workload.Kind.CHANGE) {
            sent = System.nanoTime();
            write(begun, response.context());
        } else {
            next();
        }
    }

    private void write(Script.Task begun, Optional<String> context) {
        send(requests.put(begun.key(), context), response -> written(begun, response));
    }

    private void written(Script.Task begun, Response response) {
        if (!response.isDone()) {
            failed(label(response));
            return;
        }
        done(Workload.Kind.WRITE, sent);
        if (begun.kind() == Workload.Kind.CHANGE) {
            done(Workload.Kind.CHANGE, due);
        }
        shared.table().learn(begun.key(), response.context());
        if (response.contains(SIBLINGS)) {
            count(Tally::siblings);
            shared.table().doubt(begun.key());
        }
        next();
    }

    private void next() {
        release();
        task = Optional.empty();
        busy = false;
        if (pace.isFixed()) {
            due += pace.intervalNanos();
        } else {
            begin(System.nanoTime());
        }
    }

    /** The cluster may hold the write or not. */
    private void failed(String what) {
        if (shared.window().contains(due)) {
            shared.tally().error(what);
        }
        task.ifPresent(failed -> shared.table().doubt(failed.key()));
        busy = false;
        if (!script.isTriedAgain()) {
            release();
            task = Optional.empty();
        }
        // After an error not at once: an error must not turn into a storm.
        due = pace.isFixed() ? due + pace.intervalNanos() : System.nanoTime() + PAUSE_NANOS;
    }

    /** The window closed on operations that were due in it. */
    private void countUnsent() {
        for (; !shared.window().isOver(due); due += pace.intervalNanos()) {
            count(tally -> tally.unsent(1));
        }
    }

    private void release() {
        task.filter(ended -> ended.kind() != Workload.Kind.READ)
                .ifPresent(ended -> shared.table().release(ended.key()));
    }

    private void done(Workload.Kind kind, long since) {
        if (shared.window().contains(due)) {
            shared.tally().done(kind, System.nanoTime() - since);
        }
    }

    private void count(Consumer<Tally> what) {
        if (shared.window().contains(due)) {
            what.accept(shared.tally());
        }
    }

    private void send(Message message, Consumer<Response> answered) {
        lane.send(message, shared.timeoutNanos(), new Waiter() {
            @Override
            public void answered(Response response) {
                shared.completions().add();
                answered.accept(response);
            }

            @Override
            public void failed(IOException reason) {
                Client.this.failed(reason instanceof UnreachableException ? "no node reachable" : reason.getMessage());
            }
        });
    }

    private static String label(Response response) {
        return response.status() + " " + response.code();
    }
}
