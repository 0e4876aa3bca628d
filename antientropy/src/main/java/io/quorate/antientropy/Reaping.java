package io.quorate.antientropy;

import io.quorate.antientropy.ReplicaKeys.KeyEntry;
import io.quorate.antientropy.ReplicaKeys.Listing;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import io.quorate.core.message.ExchangeReply.Reaped;
import io.quorate.core.message.ExchangeReply.Vouched;
import io.quorate.core.message.ExchangeRequest.Reap;
import io.quorate.core.message.ExchangeRequest.TreeRoot;
import io.quorate.core.message.ExchangeRequest.Vouch;
import io.quorate.core.message.TreeId;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One attempt to reap a partition's old tombstones.
 *
 * <pre>
 * collect  tombstones of which every write is older than the age
 * vouch    every member: its trees of the partition are ours if it is one of their replicas, and empty if it is not; it owes
 *          nothing of the partition to anybody
 * reap     all replicas remove those tombstones that still are what they were
 * </pre>
 *
 * <p>Equal trees mean that all replicas know the same writes; that no other member has a copy or a debt means that nothing older is
 * on its way to them. So whatever was written up to the horizon and is not here is dead, and a replica that missed the reaping, or
 * comes back with an old disk, can be told so.
 */
final class Reaping {
    private static final int PAGE = 1_000;

    private final ShardParts shard;
    private final Ring ring;
    private final int partition;
    private final long horizon;
    private final Consumer<List<String>> done;
    private final List<KeyDigest> tombstones = new ArrayList<>();
    private final SortedSet<String> reasons = new TreeSet<>();
    private final List<TreeRoot> ours = new ArrayList<>();

    /**
     * Prepares it.
     *
     * @param done hears once why it could not be; nothing when it was
     */
    Reaping(ShardParts shard, int partition, long ageMillis, Consumer<List<String>> done) {
        this.shard = shard;
        this.ring = shard.world().cluster().ring();
        this.partition = partition;
        this.horizon = HybridTime.ofMillis(shard.world().clock().realtimeMillis() - ageMillis);
        this.done = done;
    }

    void begin() {
        collect(Bytes.EMPTY);
    }

    private void collect(Bytes after) {
        long first = ring.firstToken(partition);
        long last = ring.lastToken(partition);
        shard.keys().list(first, last, after, PAGE, listing -> {
            List<KeyEntry> dead = listing.entries().stream()
                    .filter(entry -> entry.state().isDead())
                    .toList();
            Parallel.run(dead, PAGE, this::judge, () -> goOn(listing));
        });
    }

    private void goOn(Listing listing) {
        if (listing.more() && tombstones.size() < PAGE) {
            collect(listing.entries().get(listing.entries().size() - 1).key());
        } else if (tombstones.isEmpty()) {
            reasons.add("not old enough");
            end();
        } else {
            ours.addAll(shard.trees().roots(partition));
            Parallel.run(others(), Math.max(1, others().size()), this::askToVouch, this::decide);
        }
    }

    private void judge(KeyEntry entry, Runnable whenDone) {
        shard.keys().load(Key.decode(entry.key()), encoded -> {
            if (encoded.length() > 0 && latest(SiblingsCodec.decode(encoded)) <= horizon) {
                tombstones.add(new KeyDigest(entry.key(), Hash.of(encoded)));
            }
            whenDone.run();
        });
    }

    /** The last that happened to a key: a write, or the end of its value's time, which is as good as a delete. */
    private static long latest(Siblings dead) {
        long latest = dead.context().latest();
        for (Sibling version : dead.versions()) {
            if (version.isExpired()) {
                latest = Math.max(latest, HybridTime.ofMillis(version.expiresMillis()));
            }
        }
        return latest;
    }

    private void askToVouch(String member, Runnable whenDone) {
        if (!shard.world().cluster().isReachable(member)) {
            reasons.add(member + " cannot be reached");
            whenDone.run();
            return;
        }
        shard.world().peer(member).ask(new Vouch(ring.digest(), partition), reply -> {
            if (reply instanceof Vouched vouched) {
                hear(member, vouched);
            } else {
                reasons.add(member + " does not answer for the partition");
            }
            whenDone.run();
        });
    }

    private void hear(String member, Vouched vouched) {
        if (vouched.owes()) {
            reasons.add(member + " owes writes of the partition");
        }
        // Ours may have changed while they were asked: they must be what ours were, or are.
        List<TreeRoot> keptThere = keptBy(member, ours);
        if (!vouched.roots().equals(keptThere)
                && !vouched.roots().equals(keptBy(member, shard.trees().roots(partition)))) {
            reasons.add(member + " holds other keys of the partition");
        }
    }

    /** What a member should hold: the trees that it is a replica of, and no others. */
    private List<TreeRoot> keptBy(String member, List<TreeRoot> roots) {
        return roots.stream().filter(root -> keeps(member, root.tree())).toList();
    }

    private boolean keeps(String member, TreeId tree) {
        return ring.keeps(member, partition, tree.n());
    }

    private void decide() {
        shard.keys().owesAny(ring.firstToken(partition), ring.lastToken(partition), owes -> {
            if (owes) {
                reasons.add(shard.self() + " owes writes of the partition");
            }
            if (reasons.isEmpty()) {
                reap();
            } else {
                end();
            }
        });
    }

    private void reap() {
        List<String> keepers = others().stream()
                .filter(member -> ours.stream().anyMatch(root -> keeps(member, root.tree())))
                .toList();
        Reap reap = new Reap(partition, horizon, tombstones);
        Parallel.run(
                keepers,
                Math.max(1, keepers.size()),
                (member, whenDone) -> tell(member, reap, whenDone),
                () -> shard.keys().reap(partition, horizon, tombstones, reaped -> {
                    if (!reaped) {
                        reasons.add(shard.self() + " could not remove them");
                    }
                    end();
                }));
    }

    private void tell(String member, Reap reap, Runnable whenDone) {
        shard.world().peer(member).ask(reap, reply -> {
            if (!(reply instanceof Reaped)) {
                reasons.add(member + " could not remove them");
            }
            whenDone.run();
        });
    }

    private List<String> others() {
        return ring.holders().stream()
                .filter(member -> !member.equals(shard.self()))
                .toList();
    }

    private void end() {
        done.accept(List.copyOf(reasons));
    }
}
