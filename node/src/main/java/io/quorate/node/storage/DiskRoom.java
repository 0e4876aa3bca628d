package io.quorate.node.storage;

import io.quorate.node.storage.segment.Disk;
import io.quorate.node.storage.segment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;

/** Watches whether there is room on the disk. For one thread. */
final class DiskRoom {
    private static final int PROBE_BYTES = 64 << 10;

    private final Disk disk;
    private final Path folder;
    private final long freeBytesMin;

    DiskRoom(Disk disk, Path folder, long freeBytesMin) {
        this.disk = disk;
        this.folder = folder;
        this.freeBytesMin = freeBytesMin;
    }

    /** Fails when less is free than has to stay free. */
    void require() throws IOException {
        long usable = disk.usableBytes(folder);
        if (usable < freeBytesMin) {
            throw new LackOfRoomException(
                    usable + " bytes are free on the disk and " + freeBytesMin + " have to stay free");
        }
    }

    /** Whether this was about room, rather than about a disk that is broken. */
    boolean isLackedBy(Exception cause) {
        if (cause instanceof LackOfRoomException) {
            return true;
        }
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof IOException && (message.contains("no space") || message.contains("quota") || isLow());
    }

    /** Tries whether writing works again. */
    boolean isBack() {
        Path probe = folder.resolve("probe");
        try {
            require();
            disk.delete(probe);
            try (DiskFile file = disk.create(probe)) {
                file.writeFully(ByteBuffer.allocate(PROBE_BYTES), 0);
                file.force();
            } finally {
                disk.delete(probe);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The words of an error depend on the machine's language; the numbers do not. */
    private boolean isLow() {
        try {
            return disk.usableBytes(folder) < Math.max(freeBytesMin, PROBE_BYTES);
        } catch (IOException e) {
            return false;
        }
    }
}
