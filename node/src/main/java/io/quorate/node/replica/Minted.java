package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import java.util.List;
import java.util.Optional;

/**
 * A write that has just been given its dot here.
 *
 * @param next the state with it
 * @param versions how many versions of that state are distinct to a reader
 */
record Minted(Key key, Dot dot, KeyStates.Held next, int versions, List<String> owedTo) {
    /** What is written under a dot. Its time runs from that of the dot, so that it is the same wherever it arrives. */
    static Sibling version(Dot dot, RequestId request, Optional<Bytes> value, long ttlMillis) {
        return ttlMillis == 0
                ? new Sibling(dot, request, value)
                : new Sibling(dot, request, value, HybridTime.toMillis(dot.counter()) + ttlMillis);
    }

    /** Begins to save it, and shows it to its coordinator at once; that it is durable follows. */
    void save(KeyStates states, KeyStates.Held before, Identity identity, Responder reply) {
        Exposure exposure = new Exposure();
        states.save(key, before, next, owedTo, outcome -> {
            if (outcome != Outcome.DURABLE) {
                exposure.onForgotten(identity);
            }
            reply.send(Refusals.answerTo(outcome));
        });
        if (exposure.expose()) {
            reply.send(new Stamped(dot, next.encoded(), versions));
        }
    }

    /** Whether a dot left this node before storage refused it; only then do others know a write that this actor forgot. */
    static final class Exposure {
        private boolean exposed;
        private boolean forgotten;

        boolean expose() {
            exposed = !forgotten;
            return exposed;
        }

        void onForgotten(Identity identity) {
            forgotten = true;
            if (exposed) {
                identity.renew("a write of ours did not become durable");
            }
        }
    }
}
