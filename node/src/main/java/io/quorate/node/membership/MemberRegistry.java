package io.quorate.node.membership;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.MemberTableCodec;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ClusterReply.MemberTables;
import io.quorate.core.message.ClusterRequest.ShareMembers;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import io.quorate.core.port.Transport;
import io.quorate.core.time.HybridClock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's copy of the member table. Decisions and addresses are durable before anybody is told of them; what members say of their
 * state is not worth a write.
 */
public final class MemberRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(MemberRegistry.class);
    private static final int SHARE_TIMEOUT_MILLIS = 1_000;

    private final String self;
    private final Bytes storageKey;
    private final Storage storage;
    private final Transport transport;
    private final Scheduler scheduler;
    private final HybridClock clock;
    private final Consumer<MemberTable> onChange;
    private final Set<String> sharing = new LinkedHashSet<>();
    private MemberTable table;
    private long digest;

    /** What a registry is joined to. */
    public record Parts(
            Bytes storageKey, Storage storage, Transport transport, Scheduler scheduler, HybridClock clock) {}

    /**
     * Opens it with the table that the node starts from when none is stored.
     *
     * @param onChange hears every other table
     */
    public MemberRegistry(String self, MemberTable founding, Parts parts, Consumer<MemberTable> onChange) {
        this.self = self;
        this.table = founding;
        this.digest = founding.digest();
        this.storageKey = parts.storageKey();
        this.storage = parts.storage();
        this.transport = parts.transport();
        this.scheduler = parts.scheduler();
        this.clock = parts.clock();
        this.onChange = onChange;
    }

    public MemberTable table() {
        return table;
    }

    /** {@link MemberTable#digest} of the table. */
    public long digest() {
        return digest;
    }

    /** Takes up the stored table; what it says of others' state may be old, and they will say otherwise. */
    public void load(Runnable done) {
        storage.get(storageKey, stored -> {
            if (stored instanceof Stored.Present present) {
                read(present.value()).ifPresent(this::adopt);
            } else if (stored instanceof Stored.Damaged) {
                LOG.warn("the stored member table is damaged; it will be learned again from the other nodes");
            }
            done.run();
        });
    }

    private static Optional<MemberTable> read(Bytes bytes) {
        try {
            return Optional.of(MemberTableCodec.decode(bytes));
        } catch (MalformedException e) {
            LOG.warn("the stored member table cannot be read ({}); it will be learned again", e.getMessage());
            return Optional.empty();
        }
    }

    /** Forgets all members but this node's own plans: it is about to join another cluster. */
    public void forget() {
        adopt(MemberTable.empty(table.cluster(), table.partitions()));
    }

    /** Merges another table; {@code done} hears when what must not be forgotten is durable. */
    public void merge(MemberTable other, Consumer<Outcome> done) {
        take(withOwnClaim(table.merge(other)), done);
    }

    private void take(MemberTable merged, Consumer<Outcome> done) {
        boolean decided = !isSameToDisk(merged);
        if (!merged.equals(table)) {
            adopt(merged);
        }
        storage.apply(
                decided ? List.of(new Change(storageKey, Optional.of(MemberTableCodec.encode(merged)), 0)) : List.of(),
                done);
    }

    /** States what this node says of itself, if it is not what it said last. */
    public void claim(Claim claim) {
        table.find(self)
                .filter(entry -> !claim.isSameBut(entry.claim()))
                .ifPresent(entry -> take(table.with(entry.with(claim.statedAt(clock.next()))), outcome -> {}));
    }

    /** A claim about this node that this node never made (in an older life, perhaps, with a clock ahead) is answered by a later one. */
    private MemberTable withOwnClaim(MemberTable merged) {
        Optional<Claim> ours = table.find(self).map(MemberEntry::claim);
        Optional<MemberEntry> shown = merged.find(self);
        if (ours.isEmpty()
                || shown.isEmpty()
                || shown.get().claim().stated() <= ours.get().stated()) {
            return merged;
        }
        clock.observe(shown.get().claim().stated());
        return merged.with(shown.get().with(ours.get().statedAt(clock.next())));
    }

    private boolean isSameToDisk(MemberTable merged) {
        return merged.ringDigest() == table.ringDigest()
                && merged.entries().keySet().equals(table.entries().keySet())
                && merged.stream()
                        .allMatch(entry -> table.find(entry.id())
                                .filter(known -> known.seat().equals(entry.seat())
                                        && known.claim()
                                                .peer()
                                                .equals(entry.claim().peer()))
                                .isPresent());
    }

    /** A peer has another table: give it ours, take what comes back. One at a time with each. */
    public void reconcileWith(String node) {
        if (!sharing.add(node)) {
            return;
        }
        boolean left = transport.call(node, new ShareMembers(table), SHARE_TIMEOUT_MILLIS, (from, reply) -> {
            sharing.remove(node);
            if (reply instanceof MemberTables tables) {
                merge(tables.table(), outcome -> {});
            }
        });
        if (left) {
            // An answer may be lost without a word.
            scheduler.schedule(SHARE_TIMEOUT_MILLIS, () -> sharing.remove(node));
        } else {
            sharing.remove(node);
        }
    }

    private void adopt(MemberTable newer) {
        table = newer;
        digest = newer.digest();
        onChange.accept(newer);
    }
}
