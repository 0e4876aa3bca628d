package io.quorate.node.http.request;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A query parameter of the API. */
public enum Parameter {
    N,
    R,
    W,
    SLOPPY,
    TIMEOUT,
    CONTEXT,
    READ_REPAIR,
    LIMIT,
    AFTER,
    AT_LEAST,
    FORCE,
    TTL,
    TAG,
    EXPLAIN;

    /** Where nothing may be said. */
    public static final Set<Parameter> NONE = Collections.unmodifiableSet(EnumSet.noneOf(Parameter.class));

    public static final Set<Parameter> OF_GET =
            Collections.unmodifiableSet(EnumSet.of(N, R, SLOPPY, TIMEOUT, READ_REPAIR, AT_LEAST, EXPLAIN));
    /** With r, because {@code If-Match} and {@code If-None-Match} read at r first. */
    public static final Set<Parameter> OF_PUT =
            Collections.unmodifiableSet(EnumSet.of(N, R, W, SLOPPY, TIMEOUT, CONTEXT, TTL, EXPLAIN));

    public static final Set<Parameter> OF_PATCH =
            Collections.unmodifiableSet(EnumSet.of(N, W, SLOPPY, TIMEOUT, CONTEXT, TTL, EXPLAIN));

    public static final Set<Parameter> OF_DELETE =
            Collections.unmodifiableSet(EnumSet.of(N, R, W, SLOPPY, TIMEOUT, CONTEXT, EXPLAIN));
    public static final Set<Parameter> OF_LIST = Collections.unmodifiableSet(EnumSet.of(LIMIT, AFTER, TIMEOUT));
    public static final Set<Parameter> OF_GROUP = Collections.unmodifiableSet(EnumSet.of(TAG, N, R, TIMEOUT));
    /** Which of the two is asked for is known when it has been read. */
    public static final Set<Parameter> OF_LIST_OR_GROUP =
            Collections.unmodifiableSet(EnumSet.of(LIMIT, AFTER, TIMEOUT, TAG, N, R));

    public static final Set<Parameter> OF_POST = Collections.unmodifiableSet(EnumSet.of(N, W, SLOPPY, TIMEOUT));
    public static final Set<Parameter> OF_REMOVE = Collections.unmodifiableSet(EnumSet.of(FORCE));
    public static final Set<Parameter> OF_INSPECT = Collections.unmodifiableSet(EnumSet.of(TIMEOUT));

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Parameter> find(String label) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.label().equals(label))
                .findFirst();
    }
}
