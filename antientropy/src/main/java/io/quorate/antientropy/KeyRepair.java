package io.quorate.antientropy;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ExchangeRequest.FetchState;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.time.HybridTime;
import io.quorate.core.version.SiblingsCodec;
import java.util.List;

/**
 * Makes one key the same on both sides: what this side lacks is fetched and merged here, what the peer lacks is sent to it.
 *
 * <p>A state that was only just written is left alone: its write is on its way to the other side.
 */
final class KeyRepair {
    /** A write ends, one way or the other, within its timeout; this is the usual one. */
    private static final long IN_FLIGHT_MILLIS = 2_000;

    private final Surroundings world;
    private final PeerCalls peer;
    private final ReplicaKeys keys;
    private final Difference difference;
    private final End end;
    private long bytes;

    /**
     * One key of which the two sides have different states.
     *
     * @param ours digest of the state here, zero when there is none
     * @param theirs digest of the state there, zero when there is none
     */
    record Difference(Key key, long ours, long theirs) {}

    /** How it went. */
    enum Ending {
        REPAIRED,
        IN_FLIGHT,
        FAILED
    }

    /** Hears once how it went, and what it cost. */
    interface End {
        void ended(Ending ending, long bytes);
    }

    KeyRepair(Surroundings world, PeerCalls peer, ReplicaKeys keys, Difference difference, End end) {
        this.world = world;
        this.peer = peer;
        this.keys = keys;
        this.difference = difference;
        this.end = end;
    }

    void begin() {
        if (difference.theirs() == 0) {
            keys.load(difference.key(), this::send);
        } else {
            fetch();
        }
    }

    private void fetch() {
        peer.ask(new FetchState(difference.key()), reply -> {
            if (reply instanceof Fetched fetched && !fetched.isAbsent()) {
                bytes +=
                        fetched.siblings().length() + difference.key().encoded().length();
                take(fetched);
            } else {
                end.ended(Ending.FAILED, bytes);
            }
        });
    }

    private void take(Fetched fetched) {
        if (isInFlight(fetched.siblings())) {
            end.ended(Ending.IN_FLIGHT, bytes);
            return;
        }
        keys.merge(difference.key(), fetched.siblings(), durable -> {
            if (!durable) {
                end.ended(Ending.FAILED, bytes);
            } else if (difference.ours() == 0) {
                end.ended(Ending.REPAIRED, bytes);
            } else {
                keys.load(difference.key(), merged -> sendUnless(merged, fetched.digest()));
            }
        });
    }

    private void sendUnless(Bytes merged, long theirs) {
        if (Hash.of(merged) == theirs) {
            end.ended(Ending.REPAIRED, bytes);
        } else {
            send(merged);
        }
    }

    private void send(Bytes ours) {
        if (ours.length() == 0) {
            end.ended(Ending.FAILED, bytes);
            return;
        }
        if (isInFlight(ours)) {
            end.ended(Ending.IN_FLIGHT, bytes);
            return;
        }
        bytes += ours.length() + difference.key().encoded().length();
        peer.ask(
                new Merge(difference.key(), ours, List.of()),
                reply -> end.ended(reply instanceof Durable ? Ending.REPAIRED : Ending.FAILED, bytes));
    }

    /** A newcomer must have the key before it is read from, and there may be no later round that is without writes in flight. */
    private boolean isInFlight(Bytes siblings) {
        if (world.cluster().ring().isChanging()) {
            return false;
        }
        try {
            long latest = SiblingsCodec.decode(siblings).context().latest();
            return HybridTime.toMillis(latest) > world.clock().realtimeMillis() - IN_FLIGHT_MILLIS;
        } catch (MalformedException e) {
            // Whoever merges it refuses it.
            return false;
        }
    }
}
