package io.quorate.node.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be set.
 *
 * @param name dotted, as in a file
 * @param fallback the value when nothing sets it; empty when that depends on other keys
 */
record Key<T>(String name, Kind<T> kind, Optional<T> fallback) {
    static <T> Key<T> of(String name, Kind<T> kind, T fallback) {
        return new Key<>(name, kind, Optional.of(fallback));
    }

    static <T> Key<T> derived(String name, Kind<T> kind) {
        return new Key<>(name, kind, Optional.empty());
    }

    /** The environment variable that sets it. */
    String variable() {
        return Environment.PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
