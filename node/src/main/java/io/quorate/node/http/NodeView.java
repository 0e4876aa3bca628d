package io.quorate.node.http;

import io.quorate.antientropy.PeerProgress;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.ring.Ring;
import io.quorate.node.membership.ChangeProgress;
import io.quorate.node.membership.Membership.Outcome;
import io.quorate.node.membership.OwedSurvey.Owing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * What the HTTP API shows and changes of the node beyond single keys.
 *
 * <p>Each event loop calls it from its own thread. No call blocks, and what is returned does not change.
 */
public interface NodeView {
    /** This node's id. */
    String self();

    /** Why the node should not be sent requests yet, a sentence each; empty when it is ready. */
    List<String> unready();

    Ring ring();

    /** How many times the members were changed. */
    long epoch();

    /** The change that is under way. */
    Optional<ChangeProgress> change();

    /**
     * Invites the node at a peer address.
     *
     * @param replaces the dead member whose place it takes; empty for none
     * @param done called once, on the same event loop
     */
    void invite(String address, String replaces, Consumer<Outcome> done);

    /**
     * Lets a member go.
     *
     * @param force goes on without one that is dead
     * @param done called once, on the same event loop
     */
    void remove(String id, boolean force, Consumer<Outcome> done);

    /** All members and those that are about to be, sorted by id. */
    List<MemberView> members();

    /** The properties of a bucket that was never set. */
    BucketProperties defaults();

    /** The properties of the buckets that were set. */
    SortedMap<String, BucketProperties> buckets();

    /**
     * Sets a bucket's properties for the whole cluster, or resets them.
     *
     * @param properties empty to go back to the defaults
     * @param done called once, on the same event loop: empty when the change is durable here, else a sentence that says why not
     */
    void setBucket(String bucket, Optional<BucketProperties> properties, Consumer<Optional<String>> done);

    /** How the comparisons with each peer are going, by peer; {@code done} is called once, on the same event loop. */
    void antiEntropy(Consumer<List<PeerProgress>> done);

    /** Begins a round with every peer, and tells how things are then. */
    void runAntiEntropy(Consumer<List<PeerProgress>> done);

    /** Waits until no member owes another anything, or time is over; {@code done} is called once, on the same event loop. */
    void sync(int timeoutMillis, Consumer<Owing> done);

    /** The bucket's own properties or the defaults. */
    default BucketProperties bucket(String name) {
        return buckets().getOrDefault(name, defaults());
    }

    /**
     * One node as it looks from here.
     *
     * @param hintsWaiting keys that this node owes to it
     * @param trouble what it says is wrong with it; empty when all is well
     */
    record MemberView(Member member, MemberState state, long hintsWaiting, String trouble) {
        MemberView(Member member, MemberState state, long hintsWaiting) {
            this(member, state, hintsWaiting, "");
        }
    }

    /** What a node is to the cluster. */
    enum MemberState {
        ACTIVE,
        DOWN,
        JOINING,
        LEAVING;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
