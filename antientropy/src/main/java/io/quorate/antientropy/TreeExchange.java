package io.quorate.antientropy;

import io.quorate.antientropy.KeyRepair.Difference;
import io.quorate.antientropy.KeyRepair.Ending;
import io.quorate.antientropy.ReplicaKeys.KeyEntry;
import io.quorate.antientropy.ReplicaKeys.Listing;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ExchangeReply.Entries;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import io.quorate.core.message.ExchangeRequest.ListEntries;
import io.quorate.core.message.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Repairs what differs in some leaves of one tree: a part of the peer's keys, the same part of ours, what differs, and on. */
final class TreeExchange {
    private static final int PAGE = 1_000;
    /** States under way at once for one tree; the shard's {@link Pace} bounds all of them together. */
    private static final int REPAIRS_AT_ONCE = 64;

    private final Surroundings world;
    private final PeerCalls peer;
    private final ReplicaKeys keys;
    private final Pace pace;
    private final Counts counts;
    private final TreeId tree;
    private final List<Integer> leaves;
    private final LeafListing ours;
    private final Consumer<Boolean> done;
    private boolean whole = true;

    /**
     * Prepares it.
     *
     * @param done hears once whether all that differed was repaired
     */
    TreeExchange(
            ShardParts shard,
            PeerCalls peer,
            Counts counts,
            TreeId tree,
            List<Integer> leaves,
            Consumer<Boolean> done) {
        this.world = shard.world();
        this.keys = shard.keys();
        this.pace = shard.pace();
        this.peer = peer;
        this.counts = counts;
        this.tree = tree;
        this.leaves = leaves;
        this.ours = LeafListing.of(shard.trees(), keys, tree, leaves);
        this.done = done;
    }

    void begin() {
        readTheirs(Bytes.EMPTY);
    }

    private void readTheirs(Bytes after) {
        peer.ask(new ListEntries(tree, leaves, after, PAGE), reply -> {
            if (reply instanceof Entries theirs) {
                counts.bytes += bytes(theirs);
                Map<Bytes, Long> digests = new TreeMap<>();
                theirs.entries().forEach(entry -> digests.put(entry.key(), entry.digest()));
                boolean more = theirs.more() && !theirs.entries().isEmpty();
                readOurs(after, new Part(digests, more ? last(theirs) : Bytes.EMPTY, more));
            } else {
                done.accept(false);
            }
        });
    }

    /**
     * A part of the peer's keys.
     *
     * @param last of them, when there are more
     */
    private record Part(Map<Bytes, Long> theirs, Bytes last, boolean more) {
        boolean reaches(Bytes key) {
            return !more || key.compareTo(last) <= 0;
        }
    }

    /** Our keys of the same part, which may be many more than theirs: a page at a time, each repaired before the next is read. */
    private void readOurs(Bytes after, Part part) {
        ours.read(after, PAGE, page -> {
            List<Difference> differences = new ArrayList<>();
            boolean beyond = take(page, part, differences);
            boolean goOn = page.more() && !beyond;
            if (!goOn) {
                part.theirs().forEach((key, digest) -> differences.add(new Difference(Key.decode(key), 0, digest)));
            }
            repair(differences, () -> {
                if (goOn) {
                    readOurs(page.entries().get(page.entries().size() - 1).key(), part);
                } else if (part.more()) {
                    readTheirs(part.last());
                } else {
                    done.accept(whole);
                }
            });
        });
    }

    /** Returns whether the page reaches beyond the part. */
    private static boolean take(Listing page, Part part, List<Difference> differences) {
        for (KeyEntry entry : page.entries()) {
            if (!part.reaches(entry.key())) {
                return true;
            }
            Long theirs = part.theirs().remove(entry.key());
            long ours = entry.state().digest();
            if (theirs == null || theirs != ours) {
                differences.add(new Difference(Key.decode(entry.key()), ours, theirs == null ? 0 : theirs));
            }
        }
        return false;
    }

    private void repair(List<Difference> differences, Runnable whenAll) {
        Parallel.run(differences, REPAIRS_AT_ONCE, this::repairOne, whenAll);
    }

    private void repairOne(Difference difference, Runnable whenDone) {
        pace.acquire(transfer -> new KeyRepair(world, peer, keys, difference, (ending, bytes) -> {
                    transfer.end(bytes);
                    counts.bytes += bytes;
                    count(ending);
                    whenDone.run();
                })
                .begin());
    }

    private void count(Ending ending) {
        switch (ending) {
            case REPAIRED -> counts.keysRepaired++;
            case IN_FLIGHT -> counts.keysInFlight++;
            case FAILED -> whole = false;
        }
    }

    private static Bytes last(Entries entries) {
        return entries.entries().get(entries.entries().size() - 1).key();
    }

    private static long bytes(Entries entries) {
        long bytes = 0;
        for (KeyDigest entry : entries.entries()) {
            bytes += entry.key().length() + Long.BYTES;
        }
        return bytes;
    }
}
