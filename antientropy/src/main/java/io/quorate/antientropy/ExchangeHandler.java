package io.quorate.antientropy;

import io.quorate.antientropy.ReplicaKeys.KeyEntry;
import io.quorate.antientropy.ReplicaKeys.Listing;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.message.ExchangeReply.Entries;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import io.quorate.core.message.ExchangeReply.NodesDiffer;
import io.quorate.core.message.ExchangeReply.Reaped;
import io.quorate.core.message.ExchangeReply.TreesDiffer;
import io.quorate.core.message.ExchangeReply.Vouched;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.ExchangeRequest.CompareNodes;
import io.quorate.core.message.ExchangeRequest.CompareRoots;
import io.quorate.core.message.ExchangeRequest.FetchState;
import io.quorate.core.message.ExchangeRequest.ListEntries;
import io.quorate.core.message.ExchangeRequest.Reap;
import io.quorate.core.message.ExchangeRequest.Release;
import io.quorate.core.message.ExchangeRequest.TreeRoot;
import io.quorate.core.message.ExchangeRequest.Vouch;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.TreeId;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.merkle.TreeNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The peer's side of an exchange: answers what the initiator asks, from this shard's trees and keys. */
final class ExchangeHandler {
    private static final int ENTRIES_MAX = 2_000;
    private static final Refused BUILDING = new Refused(Reason.NOT_SERVING, "the trees are being built");
    private static final Refused OTHER_RING = new Refused(Reason.OTHER_RING, "the rings differ");
    private static final Refused BUSY = new Refused(Reason.EXCHANGING, "another exchange has the partition");
    private static final Refused OWING = new Refused(Reason.EXCHANGING, "what is owed to the asker is on its way");
    private static final Refused FAILED = new Refused(Reason.STORAGE_FAILED, "the disk did not take it");
    private static final Refused MALFORMED = new Refused(Reason.MALFORMED, "no such nodes of a tree");

    private final ShardParts shard;
    private final KeyTrees trees;
    private final ReplicaKeys keys;
    private final Claims claims;
    private final Predicate<String> isOwing;

    ExchangeHandler(ShardParts shard, Predicate<String> isOwing) {
        this.shard = shard;
        this.trees = shard.trees();
        this.keys = shard.keys();
        this.claims = shard.claims();
        this.isOwing = isOwing;
    }

    void handle(String from, ExchangeRequest request, Responder reply) {
        if (request instanceof CompareRoots compare) {
            compareRoots(from, compare, reply);
        } else if (request instanceof CompareNodes compare) {
            compareNodes(from, compare, reply);
        } else if (request instanceof ListEntries list) {
            listEntries(from, list, reply);
        } else if (request instanceof FetchState fetch) {
            keys.load(fetch.key(), state -> reply.send(toFetched(state)));
        } else if (request instanceof Vouch vouch) {
            vouch(vouch, reply);
        } else if (request instanceof Reap reap) {
            keys.reap(
                    reap.partition(),
                    reap.horizon(),
                    reap.tombstones(),
                    reaped -> reply.send(reaped ? new Reaped() : FAILED));
        } else if (request instanceof Release release) {
            claims.release(release.tree().partition(), from);
        }
    }

    private void compareRoots(String from, CompareRoots compare, Responder reply) {
        if (compare.ring() != shard.world().cluster().ring().digest()) {
            reply.send(OTHER_RING);
            return;
        }
        if (isOwing.test(from)) {
            reply.send(OWING);
            return;
        }
        SortedSet<Integer> partitions = new TreeSet<>(compare.empty());
        Map<TreeId, Long> theirs = new LinkedHashMap<>();
        for (TreeRoot root : compare.roots()) {
            partitions.add(root.tree().partition());
            theirs.put(root.tree(), root.hash());
        }
        if (!partitions.stream().allMatch(trees::isBuilt)) {
            reply.send(BUILDING);
            return;
        }
        // What they do not have counts as empty: a tree that only we have differs from theirs.
        for (int partition : partitions) {
            trees.roots(partition).stream()
                    .map(TreeRoot::tree)
                    .filter(tree -> shard.isShared(tree, from))
                    .forEach(tree -> theirs.putIfAbsent(tree, 0L));
        }
        reply.send(new TreesDiffer(theirs.entrySet().stream()
                .filter(root -> trees.root(root.getKey()) != root.getValue())
                .map(Map.Entry::getKey)
                .toList()));
    }

    private void compareNodes(String from, CompareNodes compare, Responder reply) {
        int partition = compare.tree().partition();
        if (!trees.isBuilt(partition)) {
            reply.send(BUILDING);
        } else if (compare.claim() && !claims.claim(partition, from)) {
            reply.send(BUSY);
        } else {
            try {
                TreeNodes asked = new TreeNodes(
                        compare.level(),
                        compare.nodes().stream()
                                .map(ExchangeRequest.NodeHash::index)
                                .toList());
                List<Long> theirs = compare.nodes().stream()
                        .map(ExchangeRequest.NodeHash::hash)
                        .toList();
                reply.send(new NodesDiffer(
                        trees.tree(compare.tree()).differing(asked, theirs).indices()));
            } catch (IllegalArgumentException e) {
                reply.send(MALFORMED);
            }
        }
    }

    private void vouch(Vouch vouch, Responder reply) {
        int partition = vouch.partition();
        if (vouch.ring() != shard.world().cluster().ring().digest()) {
            reply.send(OTHER_RING);
            return;
        }
        if (!trees.isBuilt(partition)) {
            reply.send(BUILDING);
            return;
        }
        keys.owesAny(
                trees.ring().firstToken(partition),
                trees.ring().lastToken(partition),
                owes -> reply.send(new Vouched(trees.roots(partition), owes)));
    }

    private void listEntries(String from, ListEntries list, Responder reply) {
        if (!claims.claim(list.tree().partition(), from)) {
            reply.send(BUSY);
            return;
        }
        int limit = Math.max(1, Math.min(list.limit(), ENTRIES_MAX));
        LeafListing.of(trees, keys, list.tree(), list.leaves()).read(list.after(), limit, found -> {
            reply.send(toEntries(found));
        });
    }

    private static Fetched toFetched(Bytes state) {
        return state.length() == 0 ? Fetched.ABSENT : new Fetched(Hash.of(state), state, false);
    }

    private static Entries toEntries(Listing listing) {
        List<KeyDigest> digests = new ArrayList<>(listing.entries().size());
        for (KeyEntry entry : listing.entries()) {
            digests.add(new KeyDigest(entry.key(), entry.state().digest()));
        }
        return new Entries(digests, listing.more());
    }
}
