package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.Clock;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Transport;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A cluster that answers only when a test says so, all of whose nodes can be reached. */
final class ManualShard implements Transport, Scheduler, Clock {
    private final Optional<String> zone;
    private Ring ring;
    /** Nodes that were heard to go by another ring. */
    final List<String> otherRings = new ArrayList<>();

    /** What its clock shows; it stands still. */
    long nowMillis;

    private final List<Call> calls = new ArrayList<>();
    private final List<Waiting> timers = new ArrayList<>();

    ManualShard(String... nodes) {
        this(
                Optional.empty(),
                MemberTable.founding(new Members(
                        "c",
                        1,
                        1,
                        Arrays.stream(nodes)
                                .map(id -> new Member(id, "", "", "", 1))
                                .toList())));
    }

    /** A coordinator in a zone. */
    ManualShard(Optional<String> zone, MemberTable table) {
        this.zone = zone;
        this.ring = Ring.of(table);
    }

    @Override
    public long monotonicNanos() {
        return nowMillis * 1_000_000;
    }

    @Override
    public long realtimeMillis() {
        return nowMillis;
    }

    /** The members have changed. */
    void change(MemberTable table) {
        ring = Ring.of(table);
    }

    /** One request on its way. */
    record Call(String node, Request request, ReplyHandler replies) {
        /** What is asked, out of its fence. */
        Request content() {
            return request instanceof Fenced fenced ? fenced.request() : request;
        }

        void reply(Reply reply) {
            replies.onReply(node, reply);
        }
    }

    private record Waiting(long delayMillis, Runnable task) {}

    /** The calls of a kind since the last look at that kind. */
    List<Call> all(Class<? extends Request> kind) {
        List<Call> found =
                calls.stream().filter(call -> kind.isInstance(call.content())).toList();
        calls.removeAll(found);
        return found;
    }

    Call only(Class<? extends Request> kind) {
        List<Call> found = all(kind);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** Runs the timers of that delay. */
    void runTimers(long delayMillis) {
        List<Waiting> due = timers.stream()
                .filter(timer -> timer.delayMillis() == delayMillis)
                .toList();
        timers.removeAll(due);
        due.forEach(timer -> timer.task().run());
    }

    @Override
    public boolean call(String node, Request request, int timeoutMillis, ReplyHandler replies) {
        calls.add(new Call(node, request, replies));
        return true;
    }

    @Override
    public void execute(Runnable task) {
        timers.add(new Waiting(0, task));
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        Waiting timer = new Waiting(delayMillis, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    ClusterView cluster() {
        return new ClusterView() {
            @Override
            public Ring ring() {
                return ring;
            }

            @Override
            public Optional<String> self() {
                return Optional.empty();
            }

            @Override
            public Optional<String> zone() {
                return zone;
            }

            @Override
            public void onOtherRing(String node) {
                otherRings.add(node);
            }

            @Override
            public boolean isReachable(String node) {
                return true;
            }

            @Override
            public BucketProperties bucket(String name) {
                return BucketProperties.DEFAULT;
            }
        };
    }
}
