package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Tally.Decision;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.Patch;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.Reply;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.Scheduler.Timer;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayDeque;
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
 * One put or delete.
 *
 * <pre>
 * stamp   one replica after the other is asked to mint the dot, until one answers: a primary, else a fallback
 * spread  the stamped state goes to the other primaries at once; a fallback stands in for each that fails or stays silent
 * answer  when w distinct nodes are durable, or when w is out of reach, or at the deadline
 * listen  until everybody has acknowledged or failed, or the deadline
 * owe     primaries that have not acknowledged are owed the write by replicas that have
 * </pre>
 */
final class WriteOperation {
    private final Shard shard;
    private final Write write;
    private final Tally tally;
    private final Consumer<Result<Written>> done;
    private final Deque<String> stampers = new ArrayDeque<>();
    /** Who was asked for a dot and may still mint one, though it may have acknowledged the write as it was stamped elsewhere. */
    private final Set<String> stamping = new LinkedHashSet<>();

    private final Map<String, ReplicaRequest> sent = new LinkedHashMap<>();
    private final Debts debts;
    private final Trail trail;
    private final Runnable onEnded;

    private Replicas replicas;

    private Optional<Stamped> stamped = Optional.empty();
    private Optional<Amendment> amendment = Optional.empty();
    private Context token;
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
    WriteOperation(Shard shard, Write write, Consumer<Result<Written>> done, Runnable onEnded) {
        this.shard = shard;
        this.write = write;
        this.done = done;
        this.onEnded = onEnded;
        this.debts = new Debts(shard, write);
        this.trail = Trail.of(write.options().explain(), shard);
        this.replicas = Replicas.toWrite(shard.cluster(), write.key(), write.quota());
        this.tally = new Tally(replicas.electorates());
        this.token = write.options().context();
    }

    void start() {
        List<String> reachable = replicas.reachablePrimaries();
        replicas.primaries().stream()
                .filter(node -> !reachable.contains(node))
                .forEach(node -> tally.failed(node, Reasons.UNREACHABLE));
        if (!replicas.canReach()) {
            fail();
            onEnded.run();
            return;
        }
        int timeoutMillis = write.options().timeoutMillis();
        deadline = shard.scheduler().schedule(timeoutMillis, this::onDeadline);
        patience = shard.scheduler().schedule(shard.patience().within(timeoutMillis), this::onPatienceLost);
        stampers.addAll(reachable);
        stampAtNext();
        settle();
    }

    /** Asks the next candidate for the dot; the same request id makes it harmless that two of them may carry it out. */
    private void stampAtNext() {
        while (!stampers.isEmpty()) {
            // Where no fallback can stand in, whoever has the write owes it to those that are out of reach.
            String primary = stampers.poll();
            List<String> missed = replicas.fallbacksLeft() == 0 ? unreachable(primary) : List.of();
            if (send(primary, Optional.empty(), write.toStamp(missed))) {
                debts.sentAlong(primary, missed);
                return;
            }
        }
        Optional<String> owedTo = firstUncovered();
        Optional<String> fallback = owedTo.flatMap(replicas::nextFallback);
        while (fallback.isPresent()) {
            if (standIn(fallback.get(), owedTo.get(), write.toStamp(List.of(owedTo.get())))) {
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
            onStamped(node, minted);
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

    private void onStamped(String node, Stamped minted) {
        mayBeHeld = true;
        // A second dot of this request is this write too, and its writer has seen it.
        token = token.withDot(minted.dot());
        if (stamped.isEmpty()) {
            stamped = Optional.of(minted);
            replicas.primaries().stream().filter(other -> !other.equals(node)).forEach(this::spreadTo);
        } else if (!minted.dot().equals(stamped.get().dot())) {
            amend(minted);
        }
    }

    /**
     * A slow replica stamped the write again. Where the second dot may be withdrawn, the replicas are to keep the write under its
     * first dot and to know the second as seen, or the second would outlive what replaces or deletes the first: the client may have
     * been told of that one alone.
     */
    private void amend(Stamped second) {
        Stamped first = stamped.orElseThrow();
        Siblings state = amendment.map(Amendment::state).orElseGet(() -> SiblingsCodec.decode(first.siblings()));
        Siblings amended = mayWithdraw(second.dot(), first.dot())
                ? new Siblings(state.context().withDot(second.dot()), state.versions(), state.receipts(), state.n())
                : state.merge(SiblingsCodec.decode(second.siblings()));
        amendment = Optional.of(new Amendment(shard, write, amended));
        amendment.get().spread(replicas, this::settle);
    }

    /**
     * Another coordinator may carry out the same idempotent request, and hear of its dots in the other order: if each withdrew the
     * one that the other keeps, the write would be gone. So of those only the greater dot is ever withdrawn.
     */
    private boolean mayWithdraw(Dot second, Dot first) {
        // A patch's version holds other patches too: those would be withdrawn with it.
        return !write.isPatch() && (write.options().idempotencyKey().isEmpty() || second.compareTo(first) > 0);
    }

    /** A node went by another ring: by now this one may be the one that has changed. */
    private void aimAgain(String node) {
        if (finished) {
            return;
        }
        if (!replicas.isCurrent()) {
            replicas = Replicas.toWrite(shard.cluster(), write.key(), write.quota());
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
        if (stamped.isPresent()) {
            spreadTo(primary);
        } else if (shard.cluster().isReachable(primary)) {
            stampers.add(primary);
        } else {
            tally.failed(primary, Reasons.UNREACHABLE);
        }
    }

    private void spreadTo(String primary) {
        Merge merge = new Merge(write.key(), stamped.orElseThrow().siblings(), List.of());
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
            Merge merge = new Merge(write.key(), stamped.orElseThrow().siblings(), List.of(primary));
            if (standIn(fallback.get(), primary, merge)) {
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
        return replicas.primaries().stream()
                .filter(node -> !node.equals(asked) && tally.hasFailed(node))
                .toList();
    }

    private boolean send(String node, Optional<String> standsInFor, ReplicaRequest request) {
        ReplyHandler handler = isStamping(request) ? this::onStampReply : this::onReply;
        Fenced fenced = new Fenced(replicas.ring(), request);
        boolean left = shard.transport().call(node, fenced, write.options().timeoutMillis(), handler);
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
        return request instanceof Stamp || request instanceof Patch;
    }

    private void onFailed(String node, String reason) {
        Optional<String> primary =
                tally.standsInFor(node).or(() -> Optional.of(node).filter(replicas::isPrimary));
        tally.failed(node, reason);
        if (stamped.isEmpty()) {
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
        if (stamped.isEmpty()) {
            stampAtNext();
            patience = shard.scheduler()
                    .schedule(shard.patience().within(write.options().timeoutMillis()), this::onPatienceLost);
        } else {
            tally.waiting().stream().filter(replicas::isPrimary).forEach(this::standInFor);
        }
        settle();
    }

    private void settle() {
        if (!answered && stamped.isPresent()) {
            Decision decision = tally.decide();
            if (decision == Decision.MET) {
                answer(new Result.Done<>(toAnswer(stamped.get())));
            } else if (decision == Decision.OUT_OF_REACH) {
                fail();
            }
        }
        if (answered && isOver()) {
            finish();
        }
    }

    private boolean isOver() {
        return tally.isComplete()
                && stamping.isEmpty()
                && amendment.map(Amendment::isComplete).orElse(true);
    }

    private void onDeadline() {
        if (!answered) {
            fail();
        }
        finish();
    }

    private void fail() {
        boolean unknown = mayBeHeld || !tally.isComplete();
        answer(new Result.Failed<>(WriteFailure.of(write, tally, unknown)));
    }

    private void answer(Result<Written> result) {
        if (!answered) {
            answered = true;
            done.accept(result);
        }
    }

    private Written toAnswer(Stamped minted) {
        Quota quota = write.quota();
        boolean overlap = replicas.overlaps(quota, quota.n(), write.bucket().r());
        return new Written(
                minted,
                expiresMillis(minted),
                seenBy(minted),
                quota.n(),
                quota.needed(),
                tally.acknowledgements(),
                overlap,
                trail.explainWrite(shard, write, tally, debts, overlap));
    }

    private long expiresMillis(Stamped minted) {
        if (write.ttlMillis() == 0) {
            return Sibling.NEVER;
        }
        // As it was stamped: a retry is told of the first time's.
        return SiblingsCodec.decode(minted.siblings()).versions().stream()
                .filter(version -> version.dot().equals(minted.dot()))
                .mapToLong(Sibling::expiresMillis)
                .findFirst()
                .orElse(Sibling.NEVER);
    }

    /** What the writer has seen now, in the shortest words: without them each write of a chain would add a dot to the token. */
    private Context seenBy(Stamped minted) {
        if (minted.versions() > 1) {
            return token;
        }
        Siblings state = SiblingsCodec.decode(minted.siblings());
        boolean alone =
                state.versions().size() == 1 && state.versions().get(0).dot().equals(minted.dot());
        return alone ? state.seenAfter(token, minted.dot()).join(token) : token;
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        deadline.cancel();
        patience.cancel();
        if (stamped.isPresent()) {
            debts.record(replicas, tally, amendment, onEnded);
        } else {
            onEnded.run();
        }
    }
}
