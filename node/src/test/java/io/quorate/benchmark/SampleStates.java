package io.quorate.benchmark;

import io.quorate.core.Bytes;
import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.Optional;

/** States of a key as a bucket of three replicas has them. */
final class SampleStates {
    static final int COPIES = 3;
    static final Bytes VALUE = Bytes.utf8("{\"name\":\"Alice\",\"mail\":\"alice@example.org\",\"visits\":1234,"
            + "\"tags\":[\"reader\",\"writer\"],\"city\":\"Paris\"}");

    private static final long START_MILLIS = 1_700_000_000_000L;

    private SampleStates() {}

    /** Concurrent versions, each stamped by the next of three nodes in turn. */
    static Siblings concurrent(int versions) {
        Siblings state = Siblings.EMPTY;
        for (int i = 0; i < versions; i++) {
            state = state.stamp(Context.EMPTY, version(i), COPIES);
        }
        return state;
    }

    /** The write of that number: of one node, later than those before. */
    static Sibling version(int number) {
        Actor actor = new Actor("node-" + number % COPIES, 0x5EED_0000_0000_0001L + number % COPIES);
        Dot dot = new Dot(actor, HybridTime.ofMillis(START_MILLIS + number));
        return new Sibling(dot, new RequestId(number, ~number), Optional.of(VALUE));
    }
}
