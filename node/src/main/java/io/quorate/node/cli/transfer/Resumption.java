package io.quorate.node.cli.transfer;

import io.quorate.node.cli.client.Caller;
import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.client.Target;
import io.quorate.node.cli.text.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** How far a load has come, kept in a file beside what it loads, so that the next one can go on. */
final class Resumption {
    private static final int NOT_FOUND = 404;
    private static final int RUN_CHARACTERS = 13;
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LoadPlan plan;
    private final Console console;
    private final Path saved;
    private Finished finished = new Finished(0);
    private String run = UUID.randomUUID().toString().substring(0, RUN_CHARACTERS);
    private String witness = "";
    private boolean writable = true;
    private long nextSave = System.nanoTime() + INTERVAL_NANOS;

    Resumption(LoadPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
        saved = Checkpoint.beside(plan.file(), plan.bucket());
    }

    /** Takes up an earlier load of the same file, if there is one and the cluster has what it wrote. */
    void begin() throws IOException {
        Optional<Checkpoint> found = plan.restart() ? Optional.empty() : Checkpoint.read(saved, plan.file());
        if (found.isPresent() && holds(found.get().witness())) {
            run = found.get().run();
            witness = found.get().witness();
            finished = new Finished(found.get().line());
            console.remark("goes on after line " + found.get().line() + " (--restart begins anew)");
        }
    }

    /** Names this load in the requests it makes. */
    String run() {
        return run;
    }

    void stored(Entry entry) {
        witness = entry.key();
        passed(entry.line());
    }

    void passed(long line) {
        finished.add(line);
    }

    /** The last line before which none is missing. */
    long through() {
        return finished.through();
    }

    /** How many lines are finished beyond one that is not. */
    int waiting() {
        return finished.waiting();
    }

    void saveNowAndThen(long now) throws IOException {
        if (now - nextSave >= 0) {
            nextSave = now + INTERVAL_NANOS;
            save();
        }
    }

    /** Saves or forgets it; tells whether the next load can go on. */
    boolean end(boolean complete) throws IOException {
        if (complete) {
            Files.deleteIfExists(saved);
            return false;
        }
        save();
        return writable && !witness.isEmpty();
    }

    private void save() throws IOException {
        if (!writable || witness.isEmpty()) {
            return;
        }
        Checkpoint checkpoint = Checkpoint.of(run, plan.file(), finished.through(), witness);
        try {
            checkpoint.save(saved);
        } catch (IOException unwritable) {
            writable = false;
            console.remark("cannot write " + saved + ": if this load is broken off, the next begins anew");
        }
    }

    /** Whether the cluster still has what was loaded: it may be another one, or a wiped one. */
    private boolean holds(String key) throws IOException {
        try (Caller caller = new Caller(plan.endpoints())) {
            Request get = Request.of("GET", Target.path("kv", plan.bucket(), key) + plan.readQuery());
            Response response = caller.call(get, plan.timeoutMillis());
            if (!response.isDone() && response.status() != NOT_FOUND) {
                throw new IOException(response.reason());
            }
            return response.isDone();
        }
    }
}
