package io.quorate.node.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What sets a file apart from any copy of it: its inode, and when that last changed, which nobody can set.
 *
 * <p>It does not see through a snapshot of the whole disk.
 */
record Fingerprint(long inode, long changedNanos) {
    /** Empty on a file system that does not tell. */
    static Optional<Fingerprint> of(Path path) throws IOException {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:ino,ctime");
            if (attributes.get("ino") instanceof Long inode && attributes.get("ctime") instanceof FileTime changed) {
                return Optional.of(new Fingerprint(inode, changed.to(TimeUnit.NANOSECONDS)));
            }
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // Then no folder can be told from its copy, and every start is treated as that of a copy.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
