package io.quorate.node.http;

import io.quorate.antientropy.PeerProgress;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import io.quorate.core.ring.Ring;
import io.quorate.node.membership.ChangeProgress;
import io.quorate.node.membership.Membership.Outcome;
import io.quorate.node.membership.OwedSurvey.Owing;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A cluster of five members, as a test says it looks. */
final class FakeNode implements NodeView {
    static final Ring RING = Ring.of(
            new Members("test", 16, 7, List.of(member("n1"), member("n2"), member("n3"), member("n4"), member("n5"))));

    volatile List<String> unready = List.of();
    private static final Owing NOTHING_OWED = new Owing(Collections.emptySortedMap(), Set.of());

    volatile List<PeerProgress> progress = List.of();
    volatile Owing owing = NOTHING_OWED;
    volatile int lastSyncMillis;
    volatile Optional<ChangeProgress> change = Optional.empty();
    volatile Outcome outcome = new Outcome("n6", "");
    final List<String> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger roundsBegun = new AtomicInteger();
    volatile Optional<String> failure = Optional.empty();
    private volatile SortedMap<String, BucketProperties> buckets = Collections.emptySortedMap();

    static Member member(String id) {
        return new Member(id, id + ".example:9100", id + ".example:8100", "z1", 100);
    }

    @Override
    public String self() {
        return "n1";
    }

    @Override
    public List<String> unready() {
        return unready;
    }

    @Override
    public Ring ring() {
        return RING;
    }

    @Override
    public long epoch() {
        return 7;
    }

    @Override
    public Optional<ChangeProgress> change() {
        return change;
    }

    @Override
    public void invite(String address, String replaces, Consumer<Outcome> done) {
        asked.add("invite " + address + " for " + replaces);
        done.accept(outcome);
    }

    @Override
    public void remove(String id, boolean force, Consumer<Outcome> done) {
        asked.add("remove " + id + (force ? " by force" : ""));
        done.accept(outcome);
    }

    @Override
    public List<MemberView> members() {
        return List.of(
                new MemberView(member("n1"), MemberState.ACTIVE, 0),
                new MemberView(member("n2"), MemberState.DOWN, 12),
                new MemberView(member("n3"), MemberState.LEAVING, 3),
                new MemberView(member("n4"), MemberState.ACTIVE, 0),
                new MemberView(member("n5"), MemberState.ACTIVE, 0),
                new MemberView(member("n6"), MemberState.JOINING, 0));
    }

    @Override
    public BucketProperties defaults() {
        return BucketProperties.DEFAULT;
    }

    @Override
    public SortedMap<String, BucketProperties> buckets() {
        return buckets;
    }

    @Override
    public void setBucket(String bucket, Optional<BucketProperties> properties, Consumer<Optional<String>> done) {
        if (failure.isEmpty()) {
            SortedMap<String, BucketProperties> changed = new TreeMap<>(buckets);
            changed.remove(bucket);
            properties.ifPresent(set -> changed.put(bucket, set));
            buckets = changed;
        }
        done.accept(failure);
    }

    @Override
    public void antiEntropy(Consumer<List<PeerProgress>> done) {
        done.accept(progress);
    }

    @Override
    public void runAntiEntropy(Consumer<List<PeerProgress>> done) {
        roundsBegun.incrementAndGet();
        done.accept(progress);
    }

    @Override
    public void sync(int timeoutMillis, Consumer<Owing> done) {
        lastSyncMillis = timeoutMillis;
        done.accept(owing);
    }

    void reset() {
        progress = List.of();
        owing = NOTHING_OWED;
        roundsBegun.set(0);
        change = Optional.empty();
        outcome = new Outcome("n6", "");
        asked.clear();
        unready = List.of();
        failure = Optional.empty();
        buckets = Collections.emptySortedMap();
    }
}
