package io.quorate.core.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of concurrent writes of one key. */
public enum ConflictPolicy {
    /** All are kept, until a write that has seen them replaces them. */
    SIBLINGS,
    /** The greatest (time, actor) is kept. Others are dropped without a trace: 30 to 70 % of acknowledged concurrent writes. */
    LAST_WRITE_WINS;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ConflictPolicy> parse(String label) {
        return Arrays.stream(values())
                .filter(policy -> policy.label().equals(label))
                .findFirst();
    }
}
