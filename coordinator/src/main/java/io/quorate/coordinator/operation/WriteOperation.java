package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Explanation;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Tally.Decision;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaReply.StampedAll;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Patch;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.ReplicaRequest.StampAll;
import io.quorate.core.message.Reply;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.Scheduler.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One put or delete, or several of one group.
 *
 * <pre>
 * stamp   one replica after the other is asked to mint the dots, until one answers: a primary, else a fallback
 * spread  the stamped state goes to the other primaries at once; a fallback stands in for each that fails or stays silent
 * answer  when w distinct nodes are durable, or when w is out of reach, or at the deadline
 * listen  until everybody has acknowledged or failed, or the deadline
 * owe     primaries that have not acknowledged are owed the write by replicas that have
 * </pre>
 */
final class WriteOperation {
    private final Shard shard;
    private final Writes writes;
    private final Write terms;
    private final Tally tally;
    private final Consumer<Result<List<Written>>> done;
    private final Deque<String> stampers = new ArrayDeque<>();
    /** Who was asked for a dot and may still mint one, though it may have acknowledged the write as it was stamped elsewhere. */
    private final Set<String> stamping = new LinkedHashSet<>();

    private final Map<String, ReplicaRequest> sent = new LinkedHashMap<>();
    private final Debts debts;
    private final Trail trail;
    private final Runnable onEnded;

    private Replicas replicas;

    private boolean mayBeHeld;
    private boolean answered;
    private boolean finished;
    private Timer deadline;
    private Timer patience;

    /**
     * Prepares the operation.
     *
     * @param onEnded runs once, when nothing more of it is under way
     */
    WriteOperation(Shard shard, List<Write> writes, Consumer<Result<List<Written>>> done, Runnable onEnded) {
        this.shard = shard;
        this.writes = new Writes(shard, writes);
        this.terms = this.writes.first();
        this.done = done;
        this.onEnded = onEnded;
        this.debts = new Debts(shard, this.writes.keys(), terms.options().timeoutMillis());
        this.trail = Trail.of(terms.options().explain(), shard);
        this.replicas = Replicas.toWrite(shard.cluster(), terms.key(), terms.quota());
        this.tally = new Tally(replicas.electorates());
    }

    void start() {
        List<String> reachable = replicas.reachablePrimaries();
        for (String node : replicas.primaries()) {
            if (!reachable.contains(node)) {
                tally.failed(node, Reasons.UNREACHABLE);
            }
        }
        if (!replicas.canReach(reachable)) {
            fail();
            onEnded.run();
            return;
        }
        int timeoutMillis = terms.options().timeoutMillis();
        deadline = shard.scheduler().schedule(timeoutMillis, this::onDeadline);
        patience = shard.scheduler().schedule(shard.patience().within(timeoutMillis), this::onPatienceLost);
        stampers.addAll(reachable);
        stampAtNext();
        settle();
    }

    /** Asks the next candidate for the dots; the same request id makes it harmless that two of them may carry it out. */
    private void stampAtNext() {
        while (!stampers.isEmpty()) {
            // Where no fallback can stand in, whoever has the write owes it to those that are out of reach.
            String primary = stampers.poll();
            List<String> missed = replicas.fallbacksLeft() == 0 ? unreachable(primary) : List.of();
            if (send(primary, Optional.empty(), writes.toStamp(missed))) {
                debts.sentAlong(primary, missed);
                return;
            }
        }
        Optional<String> owedTo = firstUncovered();
        Optional<String> fallback = owedTo.flatMap(replicas::nextFallback);
        while (fallback.isPresent()) {
            if (standIn(fallback.get(), owedTo.get(), writes.toStamp(List.of(owedTo.get())))) {
                return;
            }
            fallback = replicas.nextFallback(owedTo.get());
        }
        if (tally.isComplete()) {
            fail();
        }
    }

    private void onStampReply(String node, Reply reply) {
        if (!(reply instanceof Durable)) {
            stamping.remove(node);
        }
        onReply(node, reply);
    }

    private void onReply(String node, Reply reply) {
        trail.replied(node, reply);
        if (reply instanceof Stamped minted) {
            onStamped(node, List.of(minted));
        } else if (reply instanceof StampedAll minted
                && minted.all().size() == writes.all().size()) {
            onStamped(node, minted.all());
        } else if (reply instanceof Durable) {
            mayBeHeld = true;
            tally.acknowledged(node);
        } else if (reply instanceof Refused refused && refused.reason() == Reason.OTHER_RING) {
            shard.cluster().onOtherRing(node);
            shard.scheduler().schedule(Shard.OTHER_RING_RETRY_MILLIS, () -> aimAgain(node));
        } else if (reply instanceof Refused refused) {
            onFailed(node, Reasons.of(refused));
        } else if (reply instanceof Lost) {
            mayBeHeld = true;
            onFailed(node, Reasons.CONNECTION_LOST);
        }
        settle();
    }

    private void onStamped(String node, List<Stamped> minted) {
        mayBeHeld = true;
        boolean first = !writes.areStamped();
        writes.add(minted, replicas, this::settle);
        if (first) {
            for (String other : replicas.primaries()) {
                if (!other.equals(node)) {
                    spreadTo(other);
                }
            }
        }
    }

    /** A node went by another ring: by now this one may be the one that has changed. */
    private void aimAgain(String node) {
        if (finished) {
            return;
        }
        if (!replicas.isCurrent()) {
            replicas = Replicas.toWrite(shard.cluster(), terms.key(), terms.quota());
            tally.elect(replicas.electorates());
            replicas.primaries().stream()
                    .filter(primary -> !tally.hasAcknowledged(primary) && !tally.isWaitingFor(primary))
                    .forEach(this::aimAt);
        }
        if (tally.isWaitingFor(node)) {
            send(node, tally.standsInFor(node), sent.get(node));
        }
        settle();
    }

    private void aimAt(String primary) {
        if (writes.areStamped()) {
            spreadTo(primary);
        } else if (shard.cluster().isReachable(primary)) {
            stampers.add(primary);
        } else {
            tally.failed(primary, Reasons.UNREACHABLE);
        }
    }

    private void spreadTo(String primary) {
        ReplicaRequest merge = writes.toMerge(List.of());
        boolean known = shard.cluster().isReachable(primary);
        if (tally.hasAcknowledged(primary)) {
            return;
        }
        if (!known || !send(primary, Optional.empty(), merge)) {
            tally.failed(primary, Reasons.UNREACHABLE);
            standInFor(primary);
        }
    }

    /** The primary that a fallback would stand in for: without one, its copy would be owed to nobody, and stay there unseen. */
    private Optional<String> firstUncovered() {
        return replicas.primaries().stream()
                .filter(node -> !tally.hasAcknowledged(node) && !tally.isStoodInFor(node))
                .max(Comparator.comparing(tally::hasFailed));
    }

    private void standInFor(String primary) {
        if (tally.isStoodInFor(primary)) {
            return;
        }
        Optional<String> fallback = replicas.nextFallback(primary);
        while (fallback.isPresent()) {
            if (standIn(fallback.get(), primary, writes.toMerge(List.of(primary)))) {
                return;
            }
            fallback = replicas.nextFallback(primary);
        }
    }

    private boolean standIn(String fallback, String primary, ReplicaRequest request) {
        boolean left = send(fallback, Optional.of(primary), request);
        if (left) {
            debts.sentAlong(fallback, List.of(primary));
        }
        return left;
    }

    private List<String> unreachable(String asked) {
        List<String> unreachable = new ArrayList<>(0);
        for (String node : replicas.primaries()) {
            if (!node.equals(asked) && tally.hasFailed(node)) {
                unreachable.add(node);
            }
        }
        return unreachable;
    }

    private boolean send(String node, Optional<String> standsInFor, ReplicaRequest request) {
        ReplyHandler handler = isStamping(request) ? this::onStampReply : this::onReply;
        Fenced fenced = new Fenced(replicas.ring(), request);
        boolean left = shard.transport().call(node, fenced, terms.options().timeoutMillis(), handler);
        if (left) {
            trail.asked(node, standsInFor, replicas);
            sent.put(node, request);
            tally.sent(node, standsInFor);
            if (isStamping(request)) {
                stamping.add(node);
            }
        } else {
            tally.failed(node, Reasons.UNREACHABLE);
        }
        return left;
    }

    /** Whether whoever carries it out mints a dot. */
    private static boolean isStamping(ReplicaRequest request) {
        return request instanceof Stamp || request instanceof Patch || request instanceof StampAll;
    }

    private void onFailed(String node, String reason) {
        Optional<String> primary =
                tally.standsInFor(node).or(() -> Optional.of(node).filter(replicas::isPrimary));
        tally.failed(node, reason);
        if (!writes.areStamped()) {
            stampAtNext();
        } else if (!answered) {
            primary.ifPresent(this::standInFor);
        }
    }

    /** Somebody is silent: ask another one beside it, and let whichever answers first count. */
    private void onPatienceLost() {
        if (answered) {
            return;
        }
        if (!writes.areStamped()) {
            stampAtNext();
            patience = shard.scheduler()
                    .schedule(shard.patience().within(terms.options().timeoutMillis()), this::onPatienceLost);
        } else {
            tally.waiting().stream().filter(replicas::isPrimary).forEach(this::standInFor);
        }
        settle();
    }

    private void settle() {
        if (!answered && writes.areStamped()) {
            Decision decision = tally.decide();
            if (decision == Decision.MET && writes.areSettled(tally)) {
                answer(new Result.Done<>(toAnswer()));
            } else if (decision == Decision.OUT_OF_REACH) {
                fail();
            }
        }
        if (answered && isOver()) {
            finish();
        }
    }

    private boolean isOver() {
        return tally.isComplete() && stamping.isEmpty() && writes.areAmended();
    }

    private void onDeadline() {
        if (!answered && writes.areStamped() && tally.decide() == Decision.MET) {
            answer(new Result.Done<>(toAnswer()));
        } else if (!answered) {
            fail();
        }
        finish();
    }

    private void fail() {
        boolean unknown = mayBeHeld || !tally.isComplete();
        answer(new Result.Failed<>(WriteFailure.of(terms, tally, unknown), explained(terms, overlaps())));
    }

    private void answer(Result<List<Written>> result) {
        if (!answered) {
            answered = true;
            done.accept(result);
        }
    }

    private List<Written> toAnswer() {
        Quota quota = terms.quota();
        boolean overlap = overlaps();
        List<Written> answers = new ArrayList<>(writes.all().size());
        for (StampedWrite each : writes.all()) {
            answers.add(new Written(
                    each.stamped(),
                    each.expiresMillis(),
                    each.seen(tally),
                    quota.n(),
                    quota.needed(),
                    tally.acknowledgements(),
                    overlap,
                    explained(each.write(), overlap)));
        }
        return answers;
    }

    private boolean overlaps() {
        Quota quota = terms.quota();
        return replicas.overlaps(quota, quota.n(), terms.bucket().r());
    }

    private Optional<Explanation> explained(Write write, boolean overlap) {
        return trail.explainWrite(shard, write, tally, debts, overlap);
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        deadline.cancel();
        patience.cancel();
        if (writes.areStamped()) {
            debts.record(replicas, tally, writes.amendments(), onEnded);
        } else {
            onEnded.run();
        }
    }
}
