package io.quorate.node.cli.transfer;

import io.quorate.core.Bytes;
import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.client.Target;
import io.quorate.node.cli.text.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The writing of one line. It creates the key; where there is a value already, it reads it and, unless it is the same, replaces
 * whatever it saw. So a file can be loaded again, and a load leaves no siblings, which blind writes over existing keys would.
 */
final class EntryWrite {
    private static final byte[] SIBLINGS = "\"siblings\":true".getBytes(StandardCharsets.US_ASCII);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    /** With writers beside this one, siblings may stay: they are then theirs to reconcile. */
    private static final int ROUNDS_MAX = 5;

    private final Entry entry;
    private final LoadPlan plan;
    private final String requestId;
    private final Retries lane;
    private final Ended ended;
    private int round;

    /** Who is told how it ended. */
    @FunctionalInterface
    interface Ended {
        /** Told once; the refusal is empty when the cluster holds the line. */
        void with(Entry entry, Optional<String> refusal);
    }

    EntryWrite(Entry entry, LoadPlan plan, String run, Retries lane, Ended ended) {
        this.entry = entry;
        this.plan = plan;
        this.requestId = run + "-" + entry.line();
        this.lane = lane;
        this.ended = ended;
    }

    void begin() {
        lane.send(put(requestId).with("If-None-Match", "*"), this::created);
    }

    private void created(Response response) {
        boolean occupied = response.status() == PRECONDITION_FAILED || response.status() == CONFLICT;
        if (occupied || (response.isDone() && response.contains(SIBLINGS))) {
            look();
        } else {
            end(response);
        }
    }

    private void look() {
        lane.send(Request.of("GET", Target.path("kv", plan.bucket(), entry.key()) + plan.readQuery()), this::seen);
    }

    private void seen(Response response) {
        if (response.status() == OK && holdsThis(response)) {
            ended.with(entry, Optional.empty());
        } else if (response.isDone() || response.status() == NOT_FOUND) {
            round++;
            Request put = put(requestId + "-" + round).with("Quorate-Context", response.context());
            lane.send(put, this::replaced);
        } else {
            end(response);
        }
    }

    private void replaced(Response response) {
        if (response.isDone() && response.contains(SIBLINGS) && round < ROUNDS_MAX) {
            look();
        } else {
            end(response);
        }
    }

    private void end(Response response) {
        ended.with(entry, response.isDone() ? Optional.empty() : Optional.of(response.reason()));
    }

    private boolean holdsThis(Response response) {
        try {
            return entry.value()
                    .equals(Bytes.wrap(RawJson.fields(response.body()).get("value")));
        } catch (IOException noAnswer) {
            return false;
        }
    }

    private Request put(String id) {
        String target = Target.path("kv", plan.bucket(), entry.key()) + plan.writeQuery();
        return Request.of("PUT", target, entry.value().array()).with("Idempotency-Key", id);
    }
}
