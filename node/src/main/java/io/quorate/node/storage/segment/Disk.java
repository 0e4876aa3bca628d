package io.quorate.node.storage.segment;

import java.io.IOException;
import java.nio.file.Path;

/** What the store asks of a file system; the seam at which a test makes a disk fill up, tear or lie. */
public interface Disk {
    /** Makes a new, empty file; one that exists already is an error. */
    DiskFile create(Path path) throws IOException;

    DiskFile open(Path path) throws IOException;

    /** Deletes the file if there is one. */
    void delete(Path path) throws IOException;

    /** Makes the folder's list of files durable: what was created, renamed or deleted in it. */
    void syncFolder(Path folder) throws IOException;

    /** How much the folder's file system can still take. */
    long usableBytes(Path folder) throws IOException;
}
