package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Failure.WriteOutcome;
import io.quorate.coordinator.api.KeyPage;
import io.quorate.coordinator.api.Result;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Listed;
import io.quorate.core.message.ReplicaRequest.ListKeys;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Scheduler.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One page of a bucket's keys.
 *
 * <p>Partition after partition, r of its replicas are asked and their keys united: a key is named when any of them holds a live
 * value of it. Ends with a full page, at the last partition, or when half of the time is gone, with what there is so far.
 */
final class ListOperation {
    private final Shard shard;
    private final String bucket;
    private final int limit;
    private final Quota quota;
    private final int timeoutMillis;
    private final Consumer<Result<KeyPage>> done;

    private final List<String> names = new ArrayList<>();
    private Bytes after;
    private int partition;
    private ListRound round;
    private boolean hurried;
    private boolean answered;
    private Timer deadline;
    private Timer hurry;

    ListOperation(Shard shard, ListQuery query, Quota quota, Consumer<Result<KeyPage>> done) {
        this.shard = shard;
        this.bucket = query.bucket();
        this.limit = query.limit();
        this.after = query.after().orElse(Bytes.EMPTY);
        this.timeoutMillis = query.timeoutMillis();
        this.quota = quota;
        this.done = done;
    }

    /** What a page is asked by. */
    record ListQuery(String bucket, Optional<Bytes> after, int limit, int timeoutMillis) {}

    void start() {
        deadline = shard.scheduler().schedule(timeoutMillis, () -> fail("timeout"));
        hurry = shard.scheduler().schedule(Math.max(1, timeoutMillis / 2), () -> hurried = true);
        if (after.length() > 0) {
            partition = shard.cluster().ring().partitionOf(Key.tokenOf(after));
        }
        askPartition();
    }

    private void askPartition() {
        List<String> preference = shard.cluster().ring().preference(partition);
        List<String> replicas = preference.subList(0, Math.min(quota.n(), preference.size()));
        round = new ListRound(Electorate.of(replicas, quota.needed()));
        ListRound asked = round;
        Fenced request = new Fenced(
                shard.cluster().ring().digest(), new ListKeys(partition, bucket, after, limit - names.size()));
        for (String node : replicas) {
            boolean left = shard.cluster().isReachable(node)
                    && shard.transport()
                            .call(node, request, timeoutMillis, (replier, reply) -> onReply(asked, replier, reply));
            if (left) {
                round.sent(node);
            } else {
                round.failed(node, Reasons.UNREACHABLE);
            }
        }
        check();
    }

    private void onReply(ListRound asked, String node, Reply reply) {
        if (answered || asked != round) {
            return;
        }
        if (reply instanceof Listed listed) {
            round.add(node, listed);
        } else if (reply instanceof Refused refused && refused.reason() == Reason.OTHER_RING) {
            shard.cluster().onOtherRing(node);
            round = new ListRound(Electorate.of(List.of(), 0));
            shard.scheduler().schedule(Shard.OTHER_RING_RETRY_MILLIS, this::askUnlessAnswered);
            return;
        } else if (reply instanceof Refused refused) {
            round.failed(node, Reasons.of(refused));
        } else if (reply instanceof Lost) {
            round.failed(node, Reasons.CONNECTION_LOST);
        }
        check();
    }

    private void askUnlessAnswered() {
        if (!answered) {
            askPartition();
        }
    }

    private void check() {
        switch (round.decide()) {
            case PENDING -> {}
            case OUT_OF_REACH -> fail(Reasons.list(round.failures()));
            case MET -> onPartitionListed();
        }
    }

    private void onPartitionListed() {
        ListRound.Page page = round.page(bucket, limit - names.size());
        names.addAll(page.names());
        if (page.last().isPresent()) {
            after = page.last().get();
        } else {
            partition++;
            after = Bytes.EMPTY;
        }
        if (partition == shard.cluster().ring().partitions()) {
            answer(new Result.Done<>(new KeyPage(names, Optional.empty())));
        } else if (names.size() >= limit || hurried) {
            answer(new Result.Done<>(new KeyPage(names, Optional.of(position()))));
        } else {
            askPartition();
        }
    }

    /** The storage form of where the next page begins: a key looked at, or the very start of a partition. */
    private Bytes position() {
        return after.length() > 0 ? after : Key.first(shard.cluster().ring().firstToken(partition));
    }

    private void fail(String reason) {
        String message = String.format(
                "partition %d needs %d of its %d replicas to list keys (%s): retry, or go on from the last page",
                partition, quota.needed(), quota.n(), reason);
        answer(new Result.Failed<>(new Failure.QuorumNotReached(
                message, quota.n(), quota.needed(), List.of(), round.failures(), WriteOutcome.NONE)));
    }

    private void answer(Result<KeyPage> result) {
        if (!answered) {
            answered = true;
            deadline.cancel();
            hurry.cancel();
            done.accept(result);
        }
    }
}
