package io.quorate.node.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What all nodes of a {@link FakeCluster} hold: versions by key, of which a write replaces those its context names. */
final class FakeStore {
    /** One version; a deletion has no value. */
    record Version(long dot, Optional<byte[]> value) {
        String text() {
            return new String(value.orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    /** What came of a write. */
    record Written(String context, boolean siblings) {}

    private final TreeMap<String, List<Version>> versions = new TreeMap<>();
    private final Map<String, Written> done = new HashMap<>();
    private long lastDot;

    synchronized List<Version> get(String bucket, String key) {
        return List.copyOf(versions.getOrDefault(name(bucket, key), List.of()));
    }

    /** The answer to the same request when it came before. */
    synchronized Optional<Written> repeated(Optional<String> requestId) {
        return requestId.map(done::get);
    }

    synchronized Written write(
            String bucket, String key, Optional<byte[]> value, String context, Optional<String> requestId) {
        Set<String> seen = new HashSet<>(Arrays.asList(context.split("_")));
        List<Version> left = new ArrayList<>(get(bucket, key));
        left.removeIf(version -> seen.contains("d" + version.dot()));
        Version added = new Version(++lastDot, value);
        left.add(added);
        versions.put(name(bucket, key), left);
        Written written = new Written("d" + added.dot(), left.size() > 1);
        requestId.ifPresent(id -> done.put(id, written));
        return written;
    }

    static String context(List<Version> versions) {
        return versions.stream().map(version -> "d" + version.dot()).collect(Collectors.joining("_"));
    }

    /** Keys after the given one, in order. */
    synchronized List<String> keys(String bucket, String after, int limit) {
        String prefix = bucket + "\0";
        return versions.tailMap(prefix + after, false).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .limit(limit)
                .toList();
    }

    /** How many writes were done. */
    synchronized long writes() {
        return lastDot;
    }

    /** The only value of each key that has one value. */
    synchronized Map<String, String> values(String bucket) {
        Map<String, String> values = new TreeMap<>();
        for (String key : keys(bucket, "", Integer.MAX_VALUE)) {
            List<Version> held = get(bucket, key);
            if (held.size() == 1 && held.get(0).value().isPresent()) {
                values.put(key, held.get(0).text());
            }
        }
        return values;
    }

    private static String name(String bucket, String key) {
        return bucket + "\0" + key;
    }
}
