package io.quorate.antientropy;

import io.quorate.antientropy.ReplicaKeys.KeyEntry;
import io.quorate.antientropy.ReplicaKeys.Listing;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The keys of some leaves of one tree, in storage order, a part at a time. */
final class LeafListing {
    private final KeyTrees trees;
    private final ReplicaKeys keys;
    private final TreeId tree;
    private final List<Integer> leaves;

    private LeafListing(KeyTrees trees, ReplicaKeys keys, TreeId tree, List<Integer> leaves) {
        this.trees = trees;
        this.keys = keys;
        this.tree = tree;
        this.leaves = leaves;
    }

    static LeafListing of(KeyTrees trees, ReplicaKeys keys, TreeId tree, List<Integer> leaves) {
        return new LeafListing(
                trees, keys, tree, leaves.stream().sorted().distinct().toList());
    }

    /**
     * At most {@code limit} keys behind {@code after}, with a tree of another n passed over.
     *
     * @param after storage form of a key; empty from the first
     */
    void read(Bytes after, int limit, Consumer<Listing> done) {
        new Reading(after, limit, done).next(0);
    }

    private final class Reading {
        private final Bytes after;
        private final int limit;
        private final Consumer<Listing> done;
        private final List<KeyEntry> found = new ArrayList<>();

        Reading(Bytes after, int limit, Consumer<Listing> done) {
            this.after = after;
            this.limit = limit;
            this.done = done;
        }

        void next(int index) {
            int at = index;
            while (at < leaves.size() && isBehind(leaves.get(at))) {
                at++;
            }
            if (at == leaves.size()) {
                done.accept(new Listing(found, false));
                return;
            }
            read(at, after);
        }

        private void read(int index, Bytes behind) {
            int leaf = leaves.get(index);
            long first = trees.leaves().firstToken(tree.partition(), leaf);
            long last = trees.leaves().lastToken(tree.partition(), leaf);
            Bytes begin =
                    behind.length() > 0 && Long.compareUnsigned(Key.tokenOf(behind), first) >= 0 ? behind : Bytes.EMPTY;
            keys.list(first, last, begin, limit, listing -> onListed(index, listing));
        }

        private void onListed(int index, Listing listing) {
            for (KeyEntry entry : listing.entries()) {
                if (entry.state().n() == tree.n()) {
                    found.add(entry);
                }
                if (found.size() == limit) {
                    done.accept(new Listing(found, true));
                    return;
                }
            }
            if (listing.more()) {
                read(index, listing.entries().get(listing.entries().size() - 1).key());
            } else {
                next(index + 1);
            }
        }

        private boolean isBehind(int leaf) {
            return after.length() > 0
                    && Long.compareUnsigned(trees.leaves().lastToken(tree.partition(), leaf), Key.tokenOf(after)) < 0;
        }
    }
}
