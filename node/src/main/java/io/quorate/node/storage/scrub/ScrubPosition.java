package io.quorate.node.storage.scrub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Up to which segment a pass has come, kept in a file, so that restarts do not keep it from ever reaching the end. For one thread. */
final class ScrubPosition {
    private final Path file;

    ScrubPosition(Path file) {
        this.file = file;
    }

    /** The number of the last segment that was done; 0 at the beginning of a pass, and when the file tells nothing. */
    int load() {
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** Not forced: all that a power cut can do is to have some segments read again. */
    void save(int segment) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, Integer.toString(segment));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
