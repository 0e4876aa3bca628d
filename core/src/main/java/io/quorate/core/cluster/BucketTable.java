package io.quorate.core.cluster;

import io.quorate.core.Hash;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.version.Dot;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The properties of the buckets that were set, merged by their latest change: the same on all nodes that have heard the same. */
public record BucketTable(SortedMap<String, Setting> settings) {
    public static final BucketTable EMPTY = new BucketTable(Collections.emptySortedMap());

    /**
     * The latest change of one bucket.
     *
     * @param properties empty when the bucket was reset to the defaults
     */
    public record Setting(Dot dot, Optional<BucketProperties> properties) {}

    public BucketTable {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    public Optional<BucketProperties> find(String bucket) {
        return Optional.ofNullable(settings.get(bucket)).flatMap(Setting::properties);
    }

    public BucketTable with(String bucket, Setting setting) {
        SortedMap<String, Setting> changed = new TreeMap<>(settings);
        changed.merge(bucket, setting, BucketTable::later);
        return new BucketTable(changed);
    }

    public BucketTable merge(BucketTable other) {
        BucketTable merged = this;
        for (Map.Entry<String, Setting> entry : other.settings.entrySet()) {
            merged = merged.with(entry.getKey(), entry.getValue());
        }
        return merged;
    }

    /** Without the settings whose properties are not as wanted; resets stay. */
    public BucketTable only(Predicate<BucketProperties> wanted) {
        SortedMap<String, Setting> kept = new TreeMap<>(settings);
        kept.values()
                .removeIf(
                        setting -> setting.properties().filter(wanted.negate()).isPresent());
        return new BucketTable(kept);
    }

    /** Equal tables have equal digests: a setting's dot names its change. */
    public long digest() {
        ByteWriter out = new ByteWriter();
        settings.forEach((bucket, setting) -> out.utf8(bucket)
                .utf8(setting.dot().actor().node())
                .int64(setting.dot().actor().incarnation())
                .int64(setting.dot().counter()));
        return Hash.of(out.toBytes());
    }

    private static Setting later(Setting a, Setting b) {
        return a.dot().compareByTime(b.dot()) >= 0 ? a : b;
    }
}
