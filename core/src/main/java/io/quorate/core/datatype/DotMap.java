package io.quorate.core.datatype;

import io.quorate.core.version.Dot;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/**
 * Keys, each held by the dots of the changes that put it there, with what each of them put.
 *
 * <p>A key whose last dot is gone is gone without a trace: that a change has been seen and is not here any more says that it was
 * removed. So an addition outlives every removal that had not seen it.
 */
record DotMap<K extends Comparable<K>, V>(SortedMap<K, SortedMap<Dot, V>> entries) {
    DotMap {
        entries = Collections.unmodifiableSortedMap(entries);
    }

    static <K extends Comparable<K>, V> DotMap<K, V> empty() {
        return new DotMap<K, V>(new TreeMap<K, SortedMap<Dot, V>>());
    }

    boolean has(K key) {
        return entries.containsKey(key);
    }

    /** With one key held by these dots alone; by none, without it. */
    DotMap<K, V> with(K key, SortedMap<Dot, V> dots) {
        TreeMap<K, SortedMap<Dot, V>> changed = new TreeMap<>(entries);
        if (dots.isEmpty()) {
            changed.remove(key);
        } else {
            changed.put(key, Collections.unmodifiableSortedMap(new TreeMap<>(dots)));
        }
        return new DotMap<>(changed);
    }

    DotMap<K, V> without(Predicate<K> removed) {
        TreeMap<K, SortedMap<Dot, V>> changed = new TreeMap<>(entries);
        changed.keySet().removeIf(removed);
        return new DotMap<>(changed);
    }

    /**
     * What both hold, and what one holds that the other has not seen.
     *
     * @param either chooses of what two replicas put that carried out the same request
     */
    DotMap<K, V> merge(DotMap<K, V> other, Meeting meeting, BinaryOperator<V> either) {
        TreeMap<K, SortedMap<Dot, V>> merged = new TreeMap<>();
        TreeSet<K> keys = new TreeSet<>(entries.keySet());
        keys.addAll(other.entries.keySet());
        for (K key : keys) {
            SortedMap<Dot, V> mine = canonical(entries.get(key), meeting, either);
            SortedMap<Dot, V> theirs = canonical(other.entries.get(key), meeting, either);
            TreeMap<Dot, V> kept = new TreeMap<>();
            mine.forEach((dot, value) -> {
                if (theirs.containsKey(dot) || !meeting.rightHasSeen(dot)) {
                    kept.put(dot, value);
                }
            });
            theirs.forEach((dot, value) -> {
                if (mine.containsKey(dot) || !meeting.leftHasSeen(dot)) {
                    kept.merge(dot, value, either);
                }
            });
            if (!kept.isEmpty()) {
                merged.put(key, Collections.unmodifiableSortedMap(kept));
            }
        }
        return new DotMap<>(merged);
    }

    /** Changes under the dots that count. */
    private static <V> SortedMap<Dot, V> canonical(SortedMap<Dot, V> dots, Meeting meeting, BinaryOperator<V> either) {
        TreeMap<Dot, V> canonical = new TreeMap<>();
        if (dots != null) {
            dots.forEach((dot, value) -> canonical.merge(meeting.canonical(dot), value, either));
        }
        return canonical;
    }
}
