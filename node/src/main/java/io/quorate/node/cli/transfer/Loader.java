package io.quorate.node.cli.transfer;

import io.quorate.node.cli.client.Endpoints;
import io.quorate.node.cli.client.Reactor;
import io.quorate.node.cli.text.Console;
import io.quorate.node.cli.text.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Writes the lines of a file, many at once, in no order but one line of a key after the other. */
public final class Loader {
    /** Lines that may be finished while an earlier one still is not. */
    private static final int AHEAD_MAX = 100_000;

    /** When so many lines are refused and none is taken, the others will not be either. */
    private static final int VAIN_MAX = 100;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final LoadPlan plan;
    private final Console console;
    private final Progress progress;
    private final Resumption resumption;
    private final List<Retries> lanes = new ArrayList<>();
    private final Set<String> keysInFlight = new HashSet<>();
    private Optional<Entry> held = Optional.empty();
    private Optional<String> brokenOff = Optional.empty();
    private boolean exhausted;
    private long stored;
    private long refused;

    /** A load that has not begun. */
    public Loader(LoadPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
        progress = new Progress(console);
        resumption = new Resumption(plan, console);
    }

    /** Loads the file to its end, or until the cluster cannot be reached for too long. */
    public LoadResult load() throws IOException {
        resumption.begin();
        try (LineReader lines = new LineReader(plan.file());
                Reactor reactor = new Reactor()) {
            Endpoints endpoints = new Endpoints(plan.endpoints());
            long timeout = TimeUnit.MILLISECONDS.toNanos(plan.timeoutMillis());
            long patience = TimeUnit.MILLISECONDS.toNanos(plan.patienceMillis());
            for (int i = 0; i < plan.inFlight(); i++) {
                lanes.add(new Retries(reactor, endpoints, i, timeout, patience));
            }
            while (isGoingOn()) {
                turn(lines);
                reactor.poll(POLL_NANOS);
            }
        }
        progress.clear();
        boolean resumable = resumption.end(brokenOff.isEmpty());
        return new LoadResult(stored, refused, brokenOff, resumable);
    }

    private boolean isGoingOn() {
        boolean busy = lanes.stream().anyMatch(lane -> !lane.isIdle());
        return brokenOff.isEmpty() && (busy || held.isPresent() || !exhausted);
    }

    private void turn(LineReader lines) throws IOException {
        long now = System.nanoTime();
        for (Retries lane : lanes) {
            lane.tick(now);
            if (lane.isIdle()) {
                nextEntry(lines).ifPresent(entry -> begin(entry, lane));
            }
            if (lane.givenUp().isPresent()) {
                brokenOff = lane.givenUp();
            }
        }
        resumption.saveNowAndThen(now);
        double fraction = (double) lines.bytesRead() / Math.max(1, Files.size(plan.file()));
        progress.show(fraction, stored, "lines");
    }

    /** The next line that can be written now: not while another of its key is. */
    private Optional<Entry> nextEntry(LineReader lines) throws IOException {
        while (held.isEmpty() && !exhausted && resumption.waiting() < AHEAD_MAX) {
            Optional<byte[]> line = lines.next();
            exhausted = line.isEmpty();
            if (line.isPresent() && lines.number() > resumption.through()) {
                held = parsed(lines.number(), line.get());
            }
        }
        Optional<Entry> next = held.filter(entry -> !keysInFlight.contains(entry.key()));
        if (next.isPresent()) {
            held = Optional.empty();
        }
        return next;
    }

    private Optional<Entry> parsed(long number, byte[] line) {
        if (isBlank(line)) {
            resumption.passed(number);
            return Optional.empty();
        }
        try {
            return Optional.of(Entry.parse(number, line));
        } catch (IOException malformed) {
            refuse(number, "the line " + malformed.getMessage());
            return Optional.empty();
        }
    }

    private void begin(Entry entry, Retries lane) {
        keysInFlight.add(entry.key());
        new EntryWrite(entry, plan, resumption.run(), lane, this::ended).begin();
    }

    private void ended(Entry entry, Optional<String> refusal) {
        keysInFlight.remove(entry.key());
        if (refusal.isPresent()) {
            refuse(entry.line(), refusal.get());
        } else {
            stored++;
            resumption.stored(entry);
        }
    }

    private void refuse(long line, String reason) {
        refused++;
        resumption.passed(line);
        progress.clear();
        console.remark("line " + line + ": " + reason);
        if (stored == 0 && refused == VAIN_MAX) {
            brokenOff = Optional.of("the first " + VAIN_MAX + " lines were all refused");
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte unit : line) {
            if (unit != ' ' && unit != '\t' && unit != '\r') {
                return false;
            }
        }
        return true;
    }
}
