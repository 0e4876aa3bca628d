package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Storage.Stored;

/** Tells this replica's state of a key, as a whole or by its digest. */
final class FetchHandler {
    private final KeyStates states;

    FetchHandler(KeyStates states) {
        this.states = states;
    }

    void handle(Fetch fetch, Responder reply) {
        states.loadEncoded(fetch.key(), stored -> {
            if (stored instanceof Stored.Present present) {
                Stored.Present current = states.current(fetch.key(), present);
                boolean whole = current.value().length() <= fetch.wholeBytesMax();
                reply.send(new Fetched(current.digest(), whole ? current.value() : Bytes.EMPTY, !whole));
            } else {
                reply.send(stored instanceof Stored.Damaged ? Refusals.DAMAGED : Fetched.ABSENT);
            }
        });
    }
}
