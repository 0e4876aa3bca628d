package io.quorate.node.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What tests do with the folder of a store behind its back. */
public final class TestFolder {
    private TestFolder() {}

    public static StoreSettings settings(Path folder) {
        return StoreSettings.of(folder, "test", "n1").withFreeBytesMin(0).withScrubBytesPerSecond(0);
    }

    /** Copies the folder as it is, which is what a crash leaves of it; compaction may be at work in it. */
    static Path crash(Path folder, Path to) throws IOException {
        while (true) {
            try {
                return copy(folder, to);
            } catch (NoSuchFileException e) {
                // Compaction deleted a file in the middle; a crash sees one moment only.
                delete(to);
            }
        }
    }

    static Path copy(Path folder, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : list(folder)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        return to;
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    static List<Path> list(Path folder, String suffix) throws IOException {
        return list(folder).stream()
                .filter(file -> file.toString().endsWith(suffix))
                .toList();
    }

    public static void delete(Path folder) throws IOException {
        for (Path file : list(folder)) {
            Files.deleteIfExists(file);
        }
        Files.delete(folder);
    }

    /** Changes one byte, also of a file that a store has open. */
    static void flip(Path file, int offset) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            int old = open.read();
            open.seek(offset);
            open.write(old ^ 0x41);
        }
    }
}
