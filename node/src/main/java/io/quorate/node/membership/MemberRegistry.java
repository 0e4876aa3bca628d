package io.quorate.node.membership;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.MemberTableCodec;
import io.quorate.core.message.ClusterReply.MemberTables;
import io.quorate.core.message.ClusterRequest.ShareMembers;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.time.HybridClock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's copy of the member table; changes spread to whoever's heartbeat shows another digest.
 *
 * <p>What this node says of itself it alone may say: when a table shows something else (an earlier life's claim, dated by a clock
 * that was ahead), it is said anew, with a later time.
 *
 * <p>Durable are the decisions, where the members are reached, their stores' ids, and what this node has copied. The rest of the
 * claims changes often and is heard again in a second.
 */
public final class MemberRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(MemberRegistry.class);

    private final String self;
    private final HybridClock clock;
    private final SharedTable<MemberTable> shared;
    private Optional<Claim> own = Optional.empty();

    /**
     * Builds it with what is known before anything was loaded.
     *
     * @param initial the founding table, or an empty one for a node that has yet to be let in
     * @param onChange hears of every change, after it was handed to storage; so {@link #whenDurable} called in it covers the change
     */
    public MemberRegistry(
            String self, MemberTable initial, HybridClock clock, Home home, Consumer<MemberTable> onChange) {
        this.self = self;
        this.clock = clock;
        this.shared = new SharedTable<>(new Kind(), initial, home, onChange);
    }

    public MemberTable table() {
        return shared.table();
    }

    /** Merges what the last life left with what this one was told at its start, and keeps the result. */
    public void load(Runnable done) {
        shared.load(() -> {
            whenDurable(outcome -> {});
            done.run();
        });
    }

    /** Merges another node's table; {@code done} hears when what must be durable of the result is. */
    public void merge(MemberTable other, Consumer<Outcome> done) {
        shared.merge(other, done);
    }

    /** Changes the table here; gossip does the rest. {@code done} hears when the change is durable. */
    public void update(UnaryOperator<MemberTable> change, Consumer<Outcome> done) {
        shared.merge(change.apply(table()), done);
    }

    /** Says this of ourselves from now on, if it is not what we say already; its time is set here. Waits until we are a member. */
    public void claim(Claim claim) {
        own = Optional.of(claim);
        boolean said =
                table().find(self).map(entry -> claim.isSameBut(entry.claim())).orElse(true);
        if (!said || shared.isBehind()) {
            shared.merge(table(), outcome -> {});
        }
    }

    /** Forgets all members: this node is about to be let into a cluster that others made. */
    public void forget() {
        shared.replace(MemberTable.empty(table().cluster(), table().partitions()));
    }

    /** Hears when all decisions that the table holds now are durable. */
    public void whenDurable(Consumer<Outcome> done) {
        shared.merge(table(), done);
    }

    public long digest() {
        return shared.digest();
    }

    /** A peer showed the digest of its table. */
    public void onDigest(String node, long theirs) {
        shared.onDigest(node, theirs);
    }

    /** Like {@link #onDigest} when nothing is known of the other's table: for a seed. */
    public void reconcileWith(String node) {
        shared.reconcileWith(node);
    }

    private MemberTable withOwnClaim(MemberTable table) {
        Optional<MemberEntry> entry = table.find(self);
        if (own.isEmpty() || entry.isEmpty()) {
            return table;
        }
        Claim known = entry.get().claim();
        if (own.get().isSameBut(known)) {
            return table;
        }
        // Not observed by the clock: a stamp from a clock that was ahead must not push the times of writes.
        long later = Math.max(clock.next(), known.stated() + 1);
        return table.with(entry.get().with(own.get().statedAt(later)));
    }

    private boolean isKeptAlike(MemberEntry before, MemberEntry after) {
        return before.seat().equals(after.seat())
                && before.claim().peer().equals(after.claim().peer())
                && before.claim().http().equals(after.claim().http())
                && before.claim().store().equals(after.claim().store())
                && (!after.id().equals(self)
                        || before.claim().copied() == after.claim().copied());
    }

    /** How member tables are merged, kept and shared. */
    private final class Kind implements SharedTable.Kind<MemberTable> {
        @Override
        public String name() {
            return "member table";
        }

        @Override
        public MemberTable merge(MemberTable ours, MemberTable theirs) {
            if (!theirs.cluster().equals(ours.cluster()) || theirs.partitions() != ours.partitions()) {
                LOG.warn("ignoring the member table of another cluster: {}", theirs.cluster());
                return ours;
            }
            return withOwnClaim(ours.merge(theirs));
        }

        @Override
        public boolean mustKeep(MemberTable before, MemberTable after) {
            return !before.entries().keySet().equals(after.entries().keySet())
                    || after.stream()
                            .anyMatch(entry -> !isKeptAlike(before.entries().get(entry.id()), entry));
        }

        @Override
        public long digest(MemberTable table) {
            return table.digest();
        }

        @Override
        public Bytes encode(MemberTable table) {
            return MemberTableCodec.encode(table);
        }

        @Override
        public MemberTable decode(Bytes bytes) {
            return MemberTableCodec.decode(bytes);
        }

        @Override
        public Request share(MemberTable table) {
            return new ShareMembers(table);
        }

        @Override
        public Optional<MemberTable> shared(Reply reply) {
            return reply instanceof MemberTables tables ? Optional.of(tables.table()) : Optional.empty();
        }
    }
}
