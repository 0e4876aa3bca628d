package io.quorate.node.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was set, by whoever had the last word on it. */
final class Values {
    private final Map<String, Entry> entries = new TreeMap<>();

    /** Takes a layer over those before it. A key without a value counts as not set. */
    void add(List<Entry> layer) throws ConfigurationException {
        for (Entry entry : layer) {
            if (!Keys.isKnown(entry.key())) {
                String nearest =
                        Nearest.to(entry.key(), Keys.ALL.stream().map(Key::name).toList());
                throw new ConfigurationException(
                        "unknown key " + entry.key() + " in " + entry.source() + "; did you mean " + nearest + "?");
            }
            if (!entry.value().isNull()) {
                entries.put(entry.key(), entry);
            }
        }
    }

    /** What was set, or empty. */
    <T> Optional<T> find(Key<T> key) throws ConfigurationException {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(key.kind().parse(entry.value()));
        } catch (MalformedValueException malformed) {
            throw new ConfigurationException(
                    key.name() + malformed.part() + " in " + entry.source() + " " + malformed.getMessage(), malformed);
        }
    }

    /** What was set, or the key's default. */
    <T> T get(Key<T> key) throws ConfigurationException {
        return find(key).or(key::fallback).orElseThrow();
    }

    /** The key and who set it, as it reads in a sentence. */
    String named(Key<?> key) {
        Entry entry = entries.get(key.name());
        return key.name() + (entry == null ? " (by default)" : " in " + entry.source());
    }
}
