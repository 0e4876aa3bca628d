package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Explanation;
import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Failure.WriteOutcome;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Tally.Decision;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Scheduler.Timer;
import io.quorate.core.version.Siblings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One get.
 *
 * <pre>
 * ask     all reachable primaries at once: the best for its whole state, the others for a digest when it is large;
 *         a fallback is asked for each primary that fails, and counts only when it holds something
 * fetch   a digest that no whole state explains is asked for as a whole
 * insist  (at_least) when nobody knows yet what the reader knows, fallbacks are asked, and then all again, until the deadline
 * repair  (sync) the answer waits until r nodes hold the merge of what was read
 * answer  the merge, at r replies; or a failure when r is out of reach, or at the deadline
 * listen  until everybody has replied, then repair whoever was stale
 * </pre>
 */
final class ReadOperation {
    /** Below this a whole state costs about as much as a digest and saves a second request. */
    private static final int SMALL_BYTES = 4096;
    /** Between two rounds of asking: about what a write takes that is on its way. */
    private static final int INSIST_MILLIS = 20;

    private final Shard shard;
    private final Key key;
    private final ReadOptions options;
    private final BucketProperties bucket;
    private final Quota quota;
    private final Consumer<Result<Reading>> done;
    private final AtLeast atLeast;
    private final Replies replies = new Replies();
    private final Trail trail;

    private Replicas replicas;
    private Tally tally;

    private Optional<Repair> repair = Optional.empty();
    private boolean insisted;
    private boolean answered;
    private boolean finished;
    private Timer deadline;
    private Timer patience;
    private Optional<Timer> insistence = Optional.empty();

    ReadOperation(
            Shard shard,
            Key key,
            ReadOptions options,
            BucketProperties bucket,
            Quota quota,
            Consumer<Result<Reading>> done) {
        this.shard = shard;
        this.key = key;
        this.options = options;
        this.bucket = bucket;
        this.quota = quota;
        this.done = done;
        this.replicas = Replicas.toRead(shard.cluster(), key, quota);
        this.tally = new Tally(replicas.electorates());
        this.atLeast = new AtLeast(shard, key, options.atLeast());
        this.trail = Trail.of(options.explain(), shard);
    }

    void start() {
        List<String> reachable = replicas.reachablePrimaries();
        for (String node : replicas.primaries()) {
            if (!reachable.contains(node)) {
                tally.failed(node, Reasons.UNREACHABLE);
            }
        }
        if (!replicas.canReach(reachable)) {
            failToReach();
            return;
        }
        deadline = shard.scheduler().schedule(options.timeoutMillis(), this::onDeadline);
        patience = shard.scheduler().schedule(shard.patience().within(options.timeoutMillis()), this::onPatienceLost);
        askPrimaries(reachable);
        for (String node : replicas.primaries()) {
            if (tally.hasFailed(node)) {
                askFallback(node);
            }
        }
        settle();
    }

    private void askPrimaries(List<String> reachable) {
        boolean best = true;
        for (String node : reachable) {
            ask(node, Optional.empty(), best ? Integer.MAX_VALUE : SMALL_BYTES);
            best = false;
        }
    }

    private boolean ask(String node, Optional<String> standsInFor, int wholeBytesMax) {
        Fenced fenced = new Fenced(replicas.ring(), new Fetch(key, wholeBytesMax));
        boolean left = shard.transport().call(node, fenced, options.timeoutMillis(), this::onReply);
        if (left) {
            trail.asked(node, standsInFor, replicas);
            tally.sent(node, standsInFor);
            replies.asked(node, wholeBytesMax == Integer.MAX_VALUE);
        } else {
            tally.failed(node, Reasons.UNREACHABLE);
            replies.failed(node);
        }
        return left;
    }

    private void askFallback(String primary) {
        Optional<String> fallback = replicas.nextFallback(primary);
        while (fallback.isPresent() && !ask(fallback.get(), Optional.of(primary), Integer.MAX_VALUE)) {
            fallback = replicas.nextFallback(primary);
        }
    }

    private void onReply(String node, Reply reply) {
        if (finished) {
            return;
        }
        trail.replied(node, reply);
        if (reply instanceof Fetched fetched) {
            onFetched(node, fetched);
        } else if (reply instanceof Refused refused && refused.reason() == Reason.OTHER_RING) {
            shard.cluster().onOtherRing(node);
            askAgainAfter(Shard.OTHER_RING_RETRY_MILLIS);
        } else if (reply instanceof Refused refused) {
            if (refused.reason() == Reason.DAMAGED) {
                replies.damaged(node);
            }
            onFailed(node, Reasons.of(refused));
        } else if (reply instanceof Lost) {
            onFailed(node, Reasons.CONNECTION_LOST);
        }
        settle();
    }

    private void onFetched(String node, Fetched fetched) {
        Optional<String> primary = tally.standsInFor(node);
        if (primary.isPresent() && fetched.isAbsent()) {
            // A fallback that never stood in for anybody has nothing, and that says nothing about the key.
            tally.failed(node, "fallback_has_nothing");
            askFallback(primary.get());
            return;
        }
        try {
            replies.add(node, fetched).forEach(tally::acknowledged);
        } catch (MalformedException e) {
            onFailed(node, "malformed_reply");
        }
    }

    private void onFailed(String node, String reason) {
        Optional<String> primary =
                tally.standsInFor(node).or(() -> Optional.of(node).filter(replicas::isPrimary));
        tally.failed(node, reason);
        replies.failed(node);
        if (!answered) {
            primary.ifPresent(this::askFallback);
        }
    }

    private void onPatienceLost() {
        if (answered) {
            return;
        }
        replies.unexplained().forEach(node -> ask(node, tally.standsInFor(node), Integer.MAX_VALUE));
        tally.waiting().stream().filter(replicas::isPrimary).forEach(this::askFallback);
        settle();
    }

    private void settle() {
        if (!replies.isWholeOutstanding()) {
            replies.unexplained().forEach(node -> ask(node, tally.standsInFor(node), Integer.MAX_VALUE));
        }
        if (!answered) {
            Decision decision = tally.decide();
            if (decision == Decision.MET && isReflecting()) {
                answerOrRepairFirst();
            } else if (decision == Decision.MET && tally.isComplete()) {
                insist();
            } else if (decision == Decision.OUT_OF_REACH) {
                failToReach();
            }
        }
        if (answered && tally.isComplete()) {
            finish();
        }
    }

    /** Merges what was read only when the reader asked for something. */
    private boolean isReflecting() {
        return options.atLeast().isEmpty()
                || atLeast.isReflectedBy(replies.merged().context());
    }

    /** All have replied, and none knows what the reader knows: it is on its way, or with somebody who has not been asked. */
    private void insist() {
        if (insistence.isPresent()) {
            return;
        }
        insisted = true;
        askAgainAfter(INSIST_MILLIS);
        replicas.reachablePrimaries().stream()
                .findFirst()
                .ifPresent(node -> atLeast.askHorizon(node, options.timeoutMillis(), this::settle));
    }

    private void askAgainAfter(int millis) {
        if (insistence.isEmpty()) {
            insistence = Optional.of(shard.scheduler().schedule(millis, () -> {
                insistence = Optional.empty();
                askAgain();
            }));
        }
    }

    /** All anew, by the ring as it is now; what was read stays. */
    private void askAgain() {
        if (answered) {
            return;
        }
        replicas = Replicas.toRead(shard.cluster(), key, quota);
        tally = new Tally(replicas.electorates());
        askPrimaries(replicas.reachablePrimaries());
        replicas.primaries().stream()
                .filter(node -> insisted || !shard.cluster().isReachable(node))
                .forEach(this::askFallback);
        settle();
    }

    private void answerOrRepairFirst() {
        if (options.repair() != ReadRepair.SYNC) {
            Siblings merged = replies.merged();
            trail.merged(merged, options.repair(), replies, replicas);
            answer(new Result.Done<>(toAnswer(merged)));
        } else if (repair.isEmpty()) {
            Siblings merged = replies.merged();
            trail.merged(merged, options.repair(), replies, replicas);
            repair = Optional.of(new Repair(shard, key, merged, options.timeoutMillis()));
            repair.get().run(holders -> tally.isMetBy(holders), replies, replicas, () -> {
                answer(new Result.Done<>(toAnswer(merged)));
                settle();
            });
        }
    }

    private Reading toAnswer(Siblings merged) {
        int copies = copies(merged);
        boolean overlap = overlaps(copies);
        return new Reading(
                merged,
                quota.n(),
                quota.needed(),
                tally.acknowledgements().size(),
                overlap,
                explained(copies, overlap));
    }

    /** How many keep the key, by what is known of it. */
    private int copies(Siblings merged) {
        return Math.min(shard.cluster().ring().members().size(), Math.max(quota.n(), merged.n()));
    }

    private boolean overlaps(int copies) {
        return replicas.overlaps(quota, copies, bucket.w());
    }

    private Optional<Explanation> explained(int copies, boolean overlap) {
        int w = Math.min(copies, bucket.w().of(copies));
        return trail.explainRead(shard, key, tally, quota, copies, w, overlap);
    }

    private void onDeadline() {
        if (!answered && (insisted || (tally.decide() == Decision.MET && !isReflecting()))) {
            failToReflect();
        } else if (!answered) {
            failToReach();
        }
        finish();
    }

    private void failToReflect() {
        String silent = Reasons.list(tally.failures(Reasons.TIMEOUT));
        String message = String.format(
                "within %d ms nobody who replied knew what at_least names%s: retry, or give more time",
                options.timeoutMillis(), silent.isEmpty() ? "" : " (" + silent + ")");
        fail(new Failure.AtLeastNotReached(message));
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        deadline.cancel();
        patience.cancel();
        insistence.ifPresent(Timer::cancel);
        if (options.repair() != ReadRepair.OFF) {
            new Repair(shard, key, replies.merged(), options.timeoutMillis())
                    .run(holders -> true, replies, replicas, () -> {});
        }
    }

    private void failToReach() {
        String message = String.format(
                "%s needs %d replies%s and got %d (%s): lower r, allow sloppy=true, or retry when the nodes are back",
                quota.label("r"),
                quota.needed(),
                quota.local() ? " of this zone" : "",
                tally.counted(),
                Reasons.list(tally.failures(Reasons.TIMEOUT)));
        fail(tally.notReached(quota, message, WriteOutcome.NONE));
    }

    private void fail(Failure failure) {
        int copies = copies(replies.merged());
        answer(new Result.Failed<>(failure, explained(copies, overlaps(copies))));
    }

    private void answer(Result<Reading> result) {
        if (!answered) {
            answered = true;
            done.accept(result);
        }
    }
}
