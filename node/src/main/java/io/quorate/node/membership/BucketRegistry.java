package io.quorate.node.membership;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.BucketTable.Setting;
import io.quorate.core.cluster.BucketTableCodec;
import io.quorate.core.message.ClusterReply.Buckets;
import io.quorate.core.message.ClusterRequest.ShareBuckets;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Transport;
import io.quorate.core.version.Dot;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The node's durable copy of the bucket table; changes spread to whoever's heartbeat shows another digest. */
public final class BucketRegistry {
    private final Transport transport;
    private final SharedTable<BucketTable> shared;

    public BucketRegistry(Home home, Consumer<BucketTable> onChange) {
        this.transport = home.transport();
        this.shared = new SharedTable<>(new Kind(), BucketTable.EMPTY, home, onChange);
    }

    public BucketTable table() {
        return shared.table();
    }

    public void load(Runnable done) {
        shared.load(done);
    }

    /** Merges another node's table; {@code done} hears when the result is durable. */
    public void merge(BucketTable other, Consumer<Outcome> done) {
        shared.merge(other, done);
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
                        node,
                        new ShareBuckets(table()),
                        SharedTable.SHARE_TIMEOUT_MILLIS,
                        (from, reply) -> waiting.one())) {
                    waiting.one();
                }
            }
        });
    }

    public long digest() {
        return shared.digest();
    }

    /** A peer showed the digest of its table. */
    public void onDigest(String node, long theirs) {
        shared.onDigest(node, theirs);
    }

    /** Every change of a bucket is a promise, so all of them are kept. */
    private static final class Kind implements SharedTable.Kind<BucketTable> {
        @Override
        public String name() {
            return "bucket table";
        }

        @Override
        public BucketTable merge(BucketTable a, BucketTable b) {
            return a.merge(b);
        }

        @Override
        public boolean mustKeep(BucketTable before, BucketTable after) {
            return !before.equals(after);
        }

        @Override
        public long digest(BucketTable table) {
            return table.digest();
        }

        @Override
        public Bytes encode(BucketTable table) {
            return BucketTableCodec.encode(table);
        }

        @Override
        public BucketTable decode(Bytes bytes) {
            return BucketTableCodec.decode(bytes);
        }

        @Override
        public Request share(BucketTable table) {
            return new ShareBuckets(table);
        }

        @Override
        public Optional<BucketTable> shared(Reply reply) {
            return reply instanceof Buckets buckets ? Optional.of(buckets.table()) : Optional.empty();
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
