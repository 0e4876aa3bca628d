package io.quorate.node.runtime;

import io.quorate.antientropy.PeerProgress;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.ring.Ring;
import io.quorate.node.http.NodeView;
import io.quorate.node.membership.ChangeProgress;
import io.quorate.node.membership.LocalView;
import io.quorate.node.membership.Membership;
import io.quorate.node.membership.OwedSurvey.Owing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What one loop's HTTP API shows of the node: its own shard's view, and the first shard for what concerns the whole node. */
public final class LocalNodeView implements NodeView {
    private final String self;
    private final ShardLoop here;
    private final Shards shards;
    private final Readiness readiness;

    public LocalNodeView(String self, ShardLoop here, Shards shards, Readiness readiness) {
        this.self = self;
        this.here = here;
        this.shards = shards;
        this.readiness = readiness;
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public List<String> unready() {
        return readiness.reasons();
    }

    @Override
    public Ring ring() {
        return view().ring();
    }

    @Override
    public List<MemberView> members() {
        return view().table().present().stream().map(this::toView).toList();
    }

    private MemberView toView(MemberEntry entry) {
        return new MemberView(entry.member(), state(entry), view().hints(entry.id()), view().trouble(entry));
    }

    private MemberState state(MemberEntry entry) {
        if (entry.standing().isExpelled() || !view().isReachable(entry.id())) {
            return MemberState.DOWN;
        }
        return switch (entry.standing()) {
            case JOINING, ADMITTED -> MemberState.JOINING;
            case ACTIVE -> MemberState.ACTIVE;
            case LEAVING, PARTING, DRAINING -> MemberState.LEAVING;
            case EXPELLING, EXPELLED, LEFT -> MemberState.DOWN;
        };
    }

    @Override
    public long epoch() {
        return view().table().epoch();
    }

    @Override
    public Optional<ChangeProgress> change() {
        return view().change(System.currentTimeMillis());
    }

    @Override
    public void invite(String address, String replaces, Consumer<Membership.Outcome> done) {
        onFirst(membership ->
                membership.invite(address, replaces, outcome -> here.execute(() -> done.accept(outcome))));
    }

    @Override
    public void remove(String id, boolean force, Consumer<Membership.Outcome> done) {
        onFirst(membership -> membership.remove(id, force, outcome -> here.execute(() -> done.accept(outcome))));
    }

    private void onFirst(Consumer<Membership> task) {
        ShardLoop first = shards.first();
        first.execute(() -> task.accept(first.shard().speaker().membership()));
    }

    @Override
    public BucketProperties defaults() {
        return view().defaults();
    }

    @Override
    public SortedMap<String, BucketProperties> buckets() {
        SortedMap<String, BucketProperties> set = new TreeMap<>();
        view().buckets()
                .settings()
                .forEach(
                        (bucket, setting) -> setting.properties().ifPresent(properties -> set.put(bucket, properties)));
        return set;
    }

    @Override
    public BucketProperties bucket(String name) {
        return view().bucket(name);
    }

    @Override
    public void setBucket(String bucket, Optional<BucketProperties> properties, Consumer<Optional<String>> done) {
        ShardLoop first = shards.first();
        first.execute(() -> first.shard()
                .speaker()
                .setBucket(bucket, properties, outcome -> here.execute(() -> done.accept(failure(outcome)))));
    }

    private static Optional<String> failure(Outcome outcome) {
        return outcome == Outcome.DURABLE
                ? Optional.empty()
                : Optional.of("The node's storage is " + outcome.name().toLowerCase(Locale.ROOT) + "; retry later.");
    }

    @Override
    public void antiEntropy(Consumer<List<PeerProgress>> done) {
        shards.progress(here, done);
    }

    @Override
    public void runAntiEntropy(Consumer<List<PeerProgress>> done) {
        shards.all()
                .forEach(loop -> loop.execute(() -> loop.shard().antiEntropy().runNow(() -> {})));
        shards.progress(here, done);
    }

    @Override
    public void sync(int timeoutMillis, Consumer<Owing> done) {
        here.shard().survey(timeoutMillis, done);
    }

    private LocalView view() {
        return here.shard().view();
    }
}
