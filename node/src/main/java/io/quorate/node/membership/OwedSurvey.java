package io.quorate.node.membership;

import io.quorate.core.message.ClusterReply.Owed;
import io.quorate.core.message.ClusterRequest.AskOwed;
import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Transport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks every member what it owes to the others, again and again until none owes anything or time is over.
 *
 * <p>A member that does not answer may owe anything: the survey is not over without it.
 */
public final class OwedSurvey {
    private static final int ANSWER_MILLIS_MAX = 5_000;
    /** An answer may wait for a whole request that its member coordinates. */
    private static final int ANSWER_MILLIS_MIN = 200;

    private static final long PAUSE_MILLIS = 100;

    private final Clock clock;
    private final Scheduler scheduler;
    private final Transport transport;
    private final List<String> members;
    private final long endNanos;
    private final Consumer<Owing> done;

    /**
     * What is left.
     *
     * @param debts keys, and partitions where they are too many, by who owes them and then to whom
     * @param silent members that did not say
     */
    public record Owing(SortedMap<String, SortedMap<String, Long>> debts, Set<String> silent) {
        public boolean isNothing() {
            return debts.isEmpty() && silent.isEmpty();
        }
    }

    public OwedSurvey(
            Clock clock,
            Scheduler scheduler,
            Transport transport,
            List<String> members,
            int timeoutMillis,
            Consumer<Owing> done) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.transport = transport;
        this.members = List.copyOf(members);
        this.endNanos = clock.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        this.done = done;
    }

    /** Begins; {@code done} hears once, with nothing as soon as there is nothing, or with what is left. */
    public void begin() {
        new Asking().begin();
    }

    private long leftMillis() {
        return TimeUnit.NANOSECONDS.toMillis(endNanos - clock.monotonicNanos());
    }

    /** One time around all members. */
    private final class Asking {
        private final Owing owing = new Owing(new TreeMap<>(), new LinkedHashSet<>(members));
        private boolean ended;

        void begin() {
            int timeoutMillis = (int) Math.max(1, Math.min(ANSWER_MILLIS_MAX, leftMillis()));
            scheduler.schedule(timeoutMillis, this::end);
            for (String member : members) {
                transport.call(member, new AskOwed(), timeoutMillis, (from, reply) -> {
                    if (reply instanceof Owed owed) {
                        add(from, owed.debts());
                    }
                });
            }
        }

        private void add(String member, SortedMap<String, Long> debts) {
            if (!ended && owing.silent().remove(member) && !debts.isEmpty()) {
                owing.debts().put(member, debts);
            }
            if (owing.silent().isEmpty()) {
                end();
            }
        }

        private void end() {
            if (ended) {
                return;
            }
            ended = true;
            // Members that are asked when there is no time left to answer would only look silent.
            if (owing.isNothing() || leftMillis() < PAUSE_MILLIS + ANSWER_MILLIS_MIN) {
                done.accept(owing);
            } else {
                scheduler.schedule(PAUSE_MILLIS, () -> new Asking().begin());
            }
        }
    }
}
