package io.quorate.node.cli.transfer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.quorate.node.cli.client.Endpoints;
import io.quorate.node.cli.client.Reactor;
import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.client.Target;
import io.quorate.node.cli.text.Console;
import io.quorate.node.cli.text.Progress;
import io.quorate.node.cli.text.RawJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Prints a bucket, one key a line, in the order in which the cluster lists them. */
public final class Dumper {
    private static final int SIBLINGS = 300;
    private static final int NOT_FOUND = 404;
    private static final int PAGE_KEYS = 500;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Keys that are read, or read and waiting for one before them. Bounds the memory: a value may be large. */
    private static final int WINDOW_FACTOR = 2;

    private final DumpPlan plan;
    private final Console console;
    private final Progress progress;
    private final OutputStream out;
    private final List<Retries> lanes = new ArrayList<>();
    private final Deque<String> listed = new ArrayDeque<>();
    private final Deque<Line> window = new ArrayDeque<>();
    private Optional<String> after = Optional.of("");
    private Optional<IOException> failure = Optional.empty();
    private boolean listing;
    private long printed;
    private long omitted;

    /** A dump that has not begun. */
    public Dumper(DumpPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
        progress = new Progress(console);
        out = new BufferedOutputStream(console.out(), 1 << 16);
    }

    /** One key on its way; its text is empty when nothing is to be printed. */
    private static final class Line {
        private final String key;
        private Optional<byte[]> text = Optional.empty();
        private boolean read;

        Line(String key) {
            this.key = key;
        }
    }

    /**
     * Prints all keys.
     *
     * @throws IOException in a sentence, when the bucket could not be read to its end
     */
    public DumpResult dump() throws IOException {
        try (Reactor reactor = new Reactor()) {
            Endpoints endpoints = new Endpoints(plan.endpoints());
            long timeout = TimeUnit.MILLISECONDS.toNanos(plan.timeoutMillis());
            long patience = TimeUnit.MILLISECONDS.toNanos(plan.patienceMillis());
            for (int i = 0; i < plan.inFlight(); i++) {
                lanes.add(new Retries(reactor, endpoints, i, timeout, patience));
            }
            while (after.isPresent() || listing || !listed.isEmpty() || !window.isEmpty()) {
                turn();
                reactor.poll(POLL_NANOS);
            }
        } finally {
            progress.clear();
            out.flush();
        }
        return new DumpResult(printed, omitted);
    }

    private void turn() throws IOException {
        long now = System.nanoTime();
        for (Retries lane : lanes) {
            lane.tick(now);
            if (lane.isIdle()) {
                next(lane);
            }
            if (lane.givenUp().isPresent()) {
                throw new IOException("broken off: " + lane.givenUp().get());
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        while (!window.isEmpty() && window.peekFirst().read) {
            print(window.pollFirst());
        }
        progress.show(-1, printed, "keys");
    }

    private void next(Retries lane) {
        if (listed.size() < PAGE_KEYS && after.isPresent() && !listing) {
            list(lane, after.get());
        } else if (!listed.isEmpty() && window.size() < WINDOW_FACTOR * plan.inFlight()) {
            Line line = new Line(listed.pollFirst());
            window.addLast(line);
            String target = Target.path("kv", plan.bucket(), line.key) + plan.readQuery();
            lane.send(Request.of("GET", target), response -> read(line, response));
        }
    }

    private void list(Retries lane, String from) {
        listing = true;
        Map<String, Optional<String>> parameters =
                Map.of("after", Optional.of(from).filter(place -> !place.isEmpty()));
        String query = Target.query(parameters);
        String limit = (query.isEmpty() ? "?" : "&") + "limit=" + PAGE_KEYS;
        lane.send(Request.of("GET", Target.path("kv", plan.bucket()) + query + limit), this::listed);
    }

    private void listed(Response response) {
        listing = false;
        try {
            if (!response.isDone()) {
                throw new IOException(response.reason());
            }
            Map<String, byte[]> page = RawJson.fields(response.body());
            for (byte[] key : RawJson.elements(page.get("keys"))) {
                listed.addLast(RawJson.string(key));
            }
            after = page.containsKey("next") ? Optional.of(RawJson.string(page.get("next"))) : Optional.empty();
        } catch (IOException unreadable) {
            failure = Optional.of(unreadable);
        }
    }

    private void read(Line line, Response response) {
        line.read = true;
        try {
            if (response.status() == SIBLINGS) {
                omit(line, "has concurrent values");
            } else if (response.isDone()) {
                line.text = Optional.of(RawJson.fields(response.body()).get("value"));
            } else if (response.status() != NOT_FOUND) {
                omit(line, response.reason());
            }
        } catch (IOException unreadable) {
            omit(line, unreadable.getMessage());
        }
    }

    private void omit(Line line, String reason) {
        omitted++;
        progress.clear();
        console.remark("left out " + quoted(line.key) + ": " + reason);
    }

    private void print(Line line) throws IOException {
        if (line.text.isPresent()) {
            out.write(("{\"key\":" + quoted(line.key) + ",\"value\":").getBytes(StandardCharsets.UTF_8));
            out.write(onOneLine(line.text.get()));
            out.write("}\n".getBytes(StandardCharsets.UTF_8));
            printed++;
        }
    }

    /** A value's own text, except that line ends, which JSON only allows between its tokens, become spaces. */
    private static byte[] onOneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
