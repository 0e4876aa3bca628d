package io.quorate.node.membership;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.BucketTable.Setting;
import io.quorate.core.cluster.BucketTableCodec;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ClusterReply.Buckets;
import io.quorate.core.message.ClusterRequest.ShareBuckets;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import io.quorate.core.port.Transport;
import io.quorate.core.version.Dot;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's durable copy of the bucket table; changes spread to whoever's heartbeat shows another digest. */
public final class BucketRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(BucketRegistry.class);
    private static final int SHARE_TIMEOUT_MILLIS = 2_000;

    private final Bytes storageKey;
    private final Storage storage;
    private final Transport transport;
    private final Consumer<BucketTable> onChange;
    private BucketTable table = BucketTable.EMPTY;

    public BucketRegistry(Bytes storageKey, Storage storage, Transport transport, Consumer<BucketTable> onChange) {
        this.storageKey = storageKey;
        this.storage = storage;
        this.transport = transport;
        this.onChange = onChange;
    }

    public BucketTable table() {
        return table;
    }

    public void load(Runnable done) {
        storage.get(storageKey, stored -> {
            if (stored instanceof Stored.Present present) {
                adopt(decode(present.value()));
            } else if (stored instanceof Stored.Damaged) {
                LOG.warn("the stored bucket table is damaged; it will be learned again from the other nodes");
            }
            done.run();
        });
    }

    /** Merges another node's table; {@code done} hears when the result is durable. */
    public void merge(BucketTable other, Consumer<Outcome> done) {
        BucketTable merged = table.merge(other);
        if (merged.equals(table)) {
            storage.apply(List.of(), done);
            return;
        }
        adopt(merged);
        Change change = new Change(storageKey, Optional.of(BucketTableCodec.encode(merged)), 0);
        storage.apply(List.of(change), done);
    }

    /** Sets or resets one bucket here, then on the others; {@code done} hears once each of them has answered or failed to. */
    public void set(
            String bucket,
            Optional<BucketProperties> properties,
            Dot dot,
            List<String> others,
            Consumer<Outcome> done) {
        merge(BucketTable.EMPTY.with(bucket, new Setting(dot, properties)), outcome -> {
            if (outcome != Outcome.DURABLE || others.isEmpty()) {
                done.accept(outcome);
                return;
            }
            Waiting waiting = new Waiting(others.size(), () -> done.accept(outcome));
            for (String node : others) {
                if (!transport.call(
                        node, new ShareBuckets(table), SHARE_TIMEOUT_MILLIS, (from, reply) -> waiting.one())) {
                    waiting.one();
                }
            }
        });
    }

    /** A peer has another table: give it ours, take what comes back. */
    public void reconcileWith(String node) {
        transport.call(node, new ShareBuckets(table), SHARE_TIMEOUT_MILLIS, (from, reply) -> {
            if (reply instanceof Buckets buckets) {
                merge(buckets.table(), outcome -> {});
            }
        });
    }

    private void adopt(BucketTable newer) {
        table = newer;
        onChange.accept(newer);
    }

    private static BucketTable decode(Bytes bytes) {
        try {
            return BucketTableCodec.decode(bytes);
        } catch (MalformedException e) {
            LOG.warn("the stored bucket table cannot be read ({}); it will be learned again", e.getMessage());
            return BucketTable.EMPTY;
        }
    }

    /** Counts down to the last answer. */
    private static final class Waiting {
        private final Runnable whenAll;
        private int left;

        Waiting(int left, Runnable whenAll) {
            this.left = left;
            this.whenAll = whenAll;
        }

        void one() {
            if (--left == 0) {
                whenAll.run();
            }
        }
    }
}
