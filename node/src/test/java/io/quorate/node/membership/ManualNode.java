package io.quorate.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.Clock;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Transport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One node's world, in which time passes, peers answer and disks write only when a test says so. */
final class ManualNode implements Clock, Scheduler, Transport, Storage {
    final Map<Bytes, Bytes> disk = new TreeMap<>();
    final Set<String> unconnected = new LinkedHashSet<>();
    Outcome outcome = Outcome.DURABLE;
    int writes;
    private final List<Call> calls = new ArrayList<>();
    private final List<Waiting> timers = new ArrayList<>();
    private long millis;

    /** One request on its way. */
    record Call(String node, Request request, ReplyHandler replies) {
        void reply(Reply reply) {
            replies.onReply(node, reply);
        }
    }

    private record Waiting(long atMillis, Runnable task) {}

    /** The calls since the last look. */
    List<Call> take() {
        List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** The calls of a kind since the last look at that kind. */
    List<Call> take(Class<? extends Request> kind) {
        List<Call> found =
                calls.stream().filter(call -> kind.isInstance(call.request())).toList();
        calls.removeAll(found);
        return found;
    }

    Call only(Class<? extends Request> kind) {
        List<Call> found = take(kind);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** Time passes and nothing runs, as in a stopped process. */
    void standStill(long more) {
        millis += more;
    }

    /** Runs the timers whose time has come. */
    void wake() {
        List<Waiting> due =
                timers.stream().filter(timer -> timer.atMillis() <= millis).toList();
        timers.removeAll(due);
        due.forEach(timer -> timer.task().run());
    }

    @Override
    public long monotonicNanos() {
        return millis * 1_000_000;
    }

    @Override
    public long realtimeMillis() {
        return millis;
    }

    @Override
    public void execute(Runnable task) {
        timers.add(new Waiting(millis, task));
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        Waiting timer = new Waiting(millis + delayMillis, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public boolean call(String node, Request request, int timeoutMillis, ReplyHandler replies) {
        return !unconnected.contains(node) && calls.add(new Call(node, request, replies));
    }

    @Override
    public void get(Bytes key, Consumer<Stored> done) {
        Bytes value = disk.get(key);
        done.accept(value == null ? Stored.ABSENT : new Stored.Present(value));
    }

    @Override
    public void apply(List<Change> batch, Consumer<Outcome> done) {
        writes += batch.size();
        if (outcome == Outcome.DURABLE) {
            batch.forEach(change -> disk.put(change.key(), change.value().orElseThrow()));
        }
        done.accept(outcome);
    }

    @Override
    public void range(Bytes from, Bytes to, int limit, Consumer<List<Entry>> done) {
        throw new UnsupportedOperationException("a registry reads one key");
    }

    @Override
    public void onDamage(Consumer<Entry> listener) {
        throw new UnsupportedOperationException("a registry does not ask");
    }
}
