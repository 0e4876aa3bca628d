package io.quorate.node.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One write of a client in the scenario of the policies, and what it could replace. */
final class PolicyWrite {
    final int id;
    final Key key;
    final boolean delete;
    /** What it may replace: nothing else of the key. */
    final Context seen;
    /** Of a document, what was written: each field the id of the write that set it. */
    final Map<String, Integer> fields;
    /** Under which any replica ever kept it. A write that two replicas took has several, of which one may be withdrawn. */
    final Set<Dot> dots = new LinkedHashSet<>();

    boolean acknowledged;

    PolicyWrite(int id, Key key, boolean delete, Context seen, Map<String, Integer> fields) {
        this.id = id;
        this.key = key;
        this.delete = delete;
        this.seen = seen;
        this.fields = new TreeMap<>(fields);
    }

    String idempotencyKey() {
        return "write-" + id;
    }

    RequestId request() {
        return RequestId.ofIdempotencyKey(key, idempotencyKey());
    }

    ConflictPolicy policy() {
        return ConflictPolicy.parse(key.bucket()).orElseThrow();
    }

    /** A number that says nothing of when it was written. */
    int number() {
        return (id * 7_919 + 13) % 10_007;
    }

    Optional<Bytes> value() {
        if (delete) {
            return Optional.empty();
        }
        return Optional.of(Bytes.utf8(
                switch (policy()) {
                    case UNION -> "[" + element() + "]";
                    case MAX, MIN, CUSTOM -> Integer.toString(number());
                    case THREE_WAY -> PolicyOracle.json(fields);
                    default -> Integer.toString(id);
                }));
    }

    /** Sorted by text as by id. */
    String element() {
        return String.format("\"w%05d\"", id);
    }

    /** Whether it replaces what {@code other} wrote, once it has arrived. */
    boolean hasSeen(PolicyWrite other) {
        return other.dots.stream().anyMatch(seen::covers);
    }

    @Override
    public String toString() {
        return (delete ? "delete " : "put ") + id + (acknowledged ? "" : "?") + " " + dots;
    }
}
