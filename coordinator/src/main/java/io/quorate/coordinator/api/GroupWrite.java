package io.quorate.coordinator.api;

import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.version.Context;
import java.util.List;
import java.util.Optional;

/**
 * One of several writes of a group that are carried out together.
 *
 * @param value empty to delete
 * @param seen the context of what the writer has seen of this key
 */
public record GroupWrite(Key key, Optional<Bytes> value, Context seen) {
    /** Throws {@code IllegalArgumentException} for writes that cannot be carried out together. */
    public static void requireOneGroup(List<GroupWrite> writes) {
        List<Key> keys = writes.stream().map(GroupWrite::key).distinct().toList();
        boolean oneGroup = keys.stream().map(Group::of).distinct().count() == 1
                && keys.get(0).tag().isPresent();
        if (!oneGroup || keys.size() < writes.size()) {
            throw new IllegalArgumentException("writes together need keys that share one {tag}, each key once");
        }
    }
}
