package io.quorate.node.http.metrics;

import java.util.Locale;

/** What a request was for, as the metrics tell requests apart. */
public enum Operation {
    GET,
    HEAD,
    PUT,
    PATCH,
    DELETE,
    LIST,
    GROUP_READ,
    GROUP_WRITE,
    INSPECT,
    BUCKETS,
    CLUSTER,
    HEALTH,
    METRICS,
    /** Whatever the API does not know or cannot read. */
    OTHER;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
