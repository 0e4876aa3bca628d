package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Failure.WriteOutcome;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Tally.Decision;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.FetchedGroup;
import io.quorate.core.message.ReplicaRequest.FetchGroup;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.MergeAll;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Scheduler.Timer;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One read of a group.
 *
 * <pre>
 * ask     all primaries at once for all that they have of the group; no fallback stands in, for what it lacks says nothing
 * answer  the merge, as soon as it is a consistent cut; or a failure when r is out of reach, or at the deadline
 * again   r have replied and it is none: all are asked anew, and what was said before stays
 * listen  until everybody has replied, then repair whoever was stale
 * </pre>
 */
final class GroupReadOperation {
    /** Before the third round and later ones: the group is being written, and asking without a pause would only slow that down. */
    private static final int PAUSE_MILLIS = 5;

    private final Shard shard;
    private final Group group;
    private final ReadOptions options;
    private final BucketProperties bucket;
    private final Quota quota;
    private final Consumer<Result<GroupReading>> done;
    private final GroupCut cut = new GroupCut();

    private Replicas replicas;
    private Tally tally;
    private int round;
    private boolean replied;
    private boolean answered;
    private boolean finished;
    private Timer deadline;
    private Optional<Timer> pause = Optional.empty();

    GroupReadOperation(
            Shard shard,
            Group group,
            ReadOptions options,
            BucketProperties bucket,
            Quota quota,
            Consumer<Result<GroupReading>> done) {
        this.shard = shard;
        this.group = group;
        this.options = options;
        this.bucket = bucket;
        this.quota = quota;
        this.done = done;
    }

    void start() {
        deadline = shard.scheduler().schedule(options.timeoutMillis(), this::onDeadline);
        ask();
    }

    /** All anew, by the ring as it is now. */
    private void ask() {
        pause.ifPresent(Timer::cancel);
        pause = Optional.empty();
        if (answered) {
            return;
        }
        round++;
        cut.beginRound();
        replicas = Replicas.toRead(shard.cluster(), group.key(), quota);
        tally = new Tally(replicas.electorates());
        List<String> reachable = replicas.reachablePrimaries();
        for (String node : replicas.primaries()) {
            if (!reachable.contains(node) || !ask(node)) {
                tally.failed(node, Reasons.UNREACHABLE);
            }
        }
        settle();
    }

    private boolean ask(String node) {
        int asked = round;
        Fenced fenced = new Fenced(replicas.ring(), new FetchGroup(group));
        boolean left = shard.transport().call(node, fenced, options.timeoutMillis(), (replier, reply) -> {
            if (asked == round && !finished) {
                onReply(replier, reply);
            }
        });
        if (left) {
            tally.sent(node, Optional.empty());
        }
        return left;
    }

    private void onReply(String node, Reply reply) {
        if (reply instanceof FetchedGroup fetched) {
            onFetched(node, fetched);
        } else if (reply instanceof Refused refused && refused.reason() == Reason.OTHER_RING) {
            shard.cluster().onOtherRing(node);
            askAfter(Shard.OTHER_RING_RETRY_MILLIS);
        } else if (reply instanceof Refused refused && refused.reason() == Reason.GROUP_TOO_LARGE) {
            answer(
                    new Result.Failed<>(
                            new Failure.GroupTooLarge(
                                    "the group {" + group.tag()
                                            + "} has more than 1,000 keys or 4 MiB at a replica: list its bucket and read its keys one by one")));
            finish();
            return;
        } else if (reply instanceof Refused refused) {
            tally.failed(node, Reasons.of(refused));
        } else if (reply instanceof Lost) {
            tally.failed(node, Reasons.CONNECTION_LOST);
        }
        settle();
    }

    private void onFetched(String node, FetchedGroup fetched) {
        try {
            cut.add(node, fetched.states());
            tally.acknowledged(node);
        } catch (MalformedException e) {
            tally.failed(node, "malformed_reply");
        }
    }

    private void settle() {
        if (!answered) {
            if (cut.replies() >= quota.needed()) {
                replied = true;
                answerOrAskAgain();
            } else if (tally.decide() == Decision.OUT_OF_REACH) {
                fail();
            }
        }
        if (answered && tally.isComplete()) {
            finish();
        }
    }

    private void answerOrAskAgain() {
        if (cut.isConsistent(quota.needed())) {
            answer(new Result.Done<>(toAnswer()));
        } else if (round == 1) {
            ask();
        } else {
            askAfter(PAUSE_MILLIS);
        }
    }

    private void askAfter(int millis) {
        if (pause.isEmpty()) {
            pause = Optional.of(shard.scheduler().schedule(millis, this::ask));
        }
    }

    private GroupReading toAnswer() {
        int kept = cut.merged().values().stream().mapToInt(Siblings::n).max().orElse(0);
        int copies = Math.min(shard.cluster().ring().members().size(), Math.max(quota.n(), kept));
        boolean overlap = replicas.overlaps(quota, copies, bucket.w());
        return new GroupReading(cut.merged(), quota.n(), quota.needed(), cut.replies(), overlap);
    }

    private void onDeadline() {
        if (!answered && replied) {
            answer(new Result.Failed<>(new Failure.GroupUnsettled("for " + options.timeoutMillis() + " ms the group {"
                    + group.tag() + "} changed faster than it could be read: retry, or give more time")));
        } else if (!answered) {
            fail();
        }
        finish();
    }

    private void fail() {
        String message = String.format(
                "r=%d of n=%d needs replies of %d of the group's own replicas and got %d (%s): lower r, or retry when the nodes"
                        + " are back",
                quota.needed(),
                quota.n(),
                quota.needed(),
                tally.acknowledgements().size(),
                Reasons.list(tally.failures(Reasons.TIMEOUT)));
        answer(new Result.Failed<>(tally.notReached(quota, message, WriteOutcome.NONE)));
    }

    private void answer(Result<GroupReading> result) {
        if (!answered) {
            answered = true;
            done.accept(result);
        }
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        deadline.cancel();
        pause.ifPresent(Timer::cancel);
        replicas.primaries().forEach(this::repair);
    }

    /** Brings all that a replica lacks at once, so that what was written together does not arrive apart. */
    private void repair(String node) {
        List<Merge> lacking = cut.staleAt(node).stream()
                .filter(key -> replicas.keeps(node, cut.merged().get(key).n()))
                .map(this::toMerge)
                .toList();
        if (!lacking.isEmpty()) {
            shard.transport().call(node, new MergeAll(lacking), options.timeoutMillis(), (replier, reply) -> {});
        }
    }

    private Merge toMerge(Key key) {
        Bytes encoded = SiblingsCodec.encode(cut.merged().get(key));
        return new Merge(key, encoded, List.of());
    }
}
