package io.quorate.coordinator.operation;

import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One write of an operation: the dot that a replica gave it, and what a second dot changed of it. */
final class StampedWrite {
    private final Shard shard;
    private final Write write;
    private Optional<Stamped> stamped = Optional.empty();
    private final List<Dot> laterDots = new ArrayList<>();
    private Optional<Amendment> amendment = Optional.empty();

    StampedWrite(Shard shard, Write write) {
        this.shard = shard;
        this.write = write;
    }

    Write write() {
        return write;
    }

    /** What the replica made of it that minted its first dot. */
    Stamped stamped() {
        return stamped.orElseThrow();
    }

    boolean isStamped() {
        return stamped.isPresent();
    }

    Optional<Amendment> amendment() {
        return amendment;
    }

    /** Takes what a replica made of it; {@code onReply} runs at each answer to what follows from that. */
    void add(Stamped minted, Replicas replicas, Runnable onReply) {
        if (stamped.isEmpty()) {
            stamped = Optional.of(minted);
        } else if (!minted.dot().equals(stamped.get().dot())) {
            laterDots.add(minted.dot());
            amend(minted);
            amendment.orElseThrow().spread(replicas, onReply);
        }
    }

    Merge toMerge(List<String> owedTo) {
        return new Merge(write.key(), stamped().siblings(), owedTo);
    }

    /** When it expires, as it was stamped: a retry is told of the first time's. */
    long expiresMillis() {
        if (write.ttlMillis() == 0) {
            return Sibling.NEVER;
        }
        return SiblingsCodec.decode(stamped().siblings()).versions().stream()
                .filter(version -> version.dot().equals(stamped().dot()))
                .mapToLong(Sibling::expiresMillis)
                .findFirst()
                .orElse(Sibling.NEVER);
    }

    /**
     * Whether what is known of it by now can be told: a second dot is this write too, and what its writer will have seen, but a
     * token that names what no quorum holds might never be honoured.
     */
    boolean isSettled(Tally tally) {
        return amendment
                .map(amended -> amended.isComplete() || amended.isHeldBy(tally))
                .orElse(true);
    }

    private Context token(Tally tally) {
        Context token = write.options().context().withDot(stamped().dot());
        if (amendment.isPresent() && amendment.get().isHeldBy(tally)) {
            for (Dot later : laterDots) {
                token = token.withDot(later);
            }
        }
        return token;
    }

    /**
     * What the writer has seen now, in the shortest words: without them each write of a chain would add a dot to the token.
     *
     * @param tally of those that hold the write
     */
    Context seen(Tally tally) {
        Context token = token(tally);
        Stamped minted = stamped();
        if (minted.versions() > 1) {
            return token;
        }
        return SiblingsCodec.seenAfter(minted.siblings(), token, minted.dot()).join(token);
    }

    /**
     * A slow replica stamped the write again. Where the second dot may be withdrawn, the replicas are to keep the write under its
     * first dot and to know the second as seen, or the second would outlive what replaces or deletes the first: the client may have
     * been told of that one alone.
     */
    private void amend(Stamped second) {
        Stamped first = stamped();
        Siblings state = amendment.map(Amendment::state).orElseGet(() -> SiblingsCodec.decode(first.siblings()));
        Siblings amended = mayWithdraw(second.dot(), first.dot())
                ? new Siblings(state.context().withDot(second.dot()), state.versions(), state.receipts(), state.n())
                : state.merge(SiblingsCodec.decode(second.siblings()));
        amendment = Optional.of(new Amendment(shard, write, amended));
    }

    /**
     * Another coordinator may carry out the same idempotent request, and hear of its dots in the other order: if each withdrew the
     * one that the other keeps, the write would be gone. So of those only the greater dot is ever withdrawn.
     */
    private boolean mayWithdraw(Dot second, Dot first) {
        // A patch's version holds other patches too: those would be withdrawn with it.
        return !write.isPatch() && (write.options().idempotencyKey().isEmpty() || second.compareTo(first) > 0);
    }
}
