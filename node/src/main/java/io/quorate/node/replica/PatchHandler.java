package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.datatype.DataType;
import io.quorate.core.datatype.KeyContent;
import io.quorate.core.datatype.Operation;
import io.quorate.core.datatype.OperationsCodec;
import io.quorate.core.datatype.RejectedException;
import io.quorate.core.datatype.TypedValue;
import io.quorate.core.datatype.TypedValueCodec;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Patch;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Receipt;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.List;
import java.util.Optional;

/**
 * Carries out a client's operations on a typed value, under a new dot.
 *
 * <p>The new version holds all that this replica and the coordinator's read know of the value, and replaces the versions it was made
 * of. One that is stamped elsewhere meanwhile stays beside it, and is merged when read and by the next patch.
 */
final class PatchHandler {
    private final KeyStates states;
    private final Turns turns;
    private final HybridClock clock;
    private final Identity identity;

    PatchHandler(KeyStates states, Turns turns, HybridClock clock, Identity identity) {
        this.states = states;
        this.turns = turns;
        this.clock = clock;
        this.identity = identity;
    }

    /** A patch whose parts have been read. */
    private record Read(Patch patch, List<Operation> operations, Siblings known) {}

    void handle(Patch patch, Responder reply) {
        Read read;
        try {
            Siblings known = patch.known().length() == 0 ? Siblings.EMPTY : SiblingsCodec.decode(patch.known());
            read = new Read(patch, OperationsCodec.decode(patch.operations()), known);
        } catch (MalformedException e) {
            reply.send(Refusals.MALFORMED);
            return;
        }
        if (clock.isTooFarAhead(read.known().context().latest())) {
            reply.send(Refusals.AHEAD);
            return;
        }
        boolean accepted = turns.begin(
                patch.key(),
                () -> states.load(patch.key(), held -> {
                    patchOnto(held, read, reply);
                    turns.end(patch.key());
                }));
        if (!accepted) {
            reply.send(Refusals.BUSY);
        }
    }

    private void patchOnto(KeyStates.Held held, Read read, Responder reply) {
        Patch patch = read.patch();
        Siblings state = states.current(patch.key(), held.siblings().merge(read.known()));
        identity.remember(state.context());
        clock.observe(state.context().latest());
        KeyContent content = KeyContent.of(state);
        Optional<Dot> before = state.dotOf(patch.request()).or(() -> content.dotOf(patch.request()));
        if (before.isPresent()) {
            answerAgain(held, state, before.get(), patch, reply);
            return;
        }
        DataType type = read.operations().get(0).type();
        Optional<TypedValue> value = content.isVacant()
                ? Optional.of(TypedValue.empty(type, state.context()))
                : content.only().filter(only -> only.type() == type);
        if (value.isEmpty()) {
            reply.send(Refusals.WRONG_TYPE);
            return;
        }
        try {
            write(held, state, value.get(), read, reply);
        } catch (RejectedException e) {
            reply.send(Refusals.of(e));
        }
    }

    /** A retry of what is done already: it is answered like the first time, but what the coordinator had read is kept. */
    private void answerAgain(KeyStates.Held held, Siblings state, Dot dot, Patch patch, Responder reply) {
        Bytes encoded = SiblingsCodec.encode(state);
        reply.send(new Stamped(dot, encoded, versions(state)));
        if (state.equals(held.siblings())) {
            states.owe(patch.key(), patch.owedTo(), outcome -> reply.send(Refusals.answerTo(outcome)));
        } else {
            KeyStates.Held next = KeyStates.Held.of(state, encoded);
            states.save(patch.key(), held, next, patch.owedTo(), outcome -> reply.send(Refusals.answerTo(outcome)));
        }
    }

    private void write(KeyStates.Held held, Siblings state, TypedValue value, Read read, Responder reply) {
        Patch patch = read.patch();
        Dot dot = identity.mint();
        Bytes changed = TypedValueCodec.encode(value.apply(read.operations(), dot, patch.request(), state.context()));
        if (changed.length() > TypedValue.BYTES_MAX) {
            reply.send(Refusals.TOO_LARGE);
            return;
        }
        Context replaced = Context.EMPTY;
        for (Sibling version : state.versions()) {
            replaced = replaced.withDot(version.dot());
        }
        Sibling written = Minted.version(dot, patch.request(), Optional.of(changed), patch.ttlMillis());
        Siblings stamped = state.stamp(replaced, written, patch.n());
        Siblings next = patch.idempotent() ? stamped.withReceipt(new Receipt(patch.request(), dot)) : stamped;
        KeyStates.Held after = KeyStates.Held.of(next);
        new Minted(patch.key(), dot, after, versions(next), patch.owedTo()).save(states, held, identity, reply);
    }

    private static int versions(Siblings state) {
        return KeyContent.of(state).shown().size();
    }
}
