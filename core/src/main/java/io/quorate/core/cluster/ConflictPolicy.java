package io.quorate.core.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of concurrent writes of one key. The wire carries the ordinal, so new policies go last. */
public enum ConflictPolicy {
    /** All are kept, until a write that has seen them replaces them. */
    SIBLINGS,
    /** The greatest (time, actor) is kept. Others are dropped without a trace: 30 to 70 % of acknowledged concurrent writes. */
    LAST_WRITE_WINS,
    /** The write that the highest-ranked node stamped is kept; of two of one rank the later. */
    PRIORITY,
    /** Arrays are united as sets, strings are joined in the order of their writes; other values are siblings. */
    UNION,
    /** The greatest of numbers, or of strings; other values are siblings. */
    MAX,
    /** The smallest of numbers, or of strings; other values are siblings. */
    MIN,
    /** What the application's own resolver makes of them, in its embedded coordinator; siblings to everybody else. */
    CUSTOM,
    /** Objects are merged field by field with the value that they were made from; two changes of one field are siblings. */
    THREE_WAY;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ConflictPolicy> parse(String label) {
        return Arrays.stream(values())
                .filter(policy -> policy.label().equals(label))
                .findFirst();
    }
}
