package io.quorate.node.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of a store: whose it is, that nobody else has it open, and the note left by a clean stop. */
final class StoreFolder implements Closeable {
    private static final String LOCK = "lock";
    private static final String IDENTITY = "identity";
    private static final String STOP = "clean-stop";
    private static final String INDEX = "index.mapdb";
    private static final String SCRUB = "scrub";
    private static final String NEW = ".new";

    private final Path path;
    private final FileChannel lockChannel;
    private final FolderIdentity identity;

    private StoreFolder(Path path, FileChannel lockChannel, FolderIdentity identity) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.identity = identity;
    }

    /** Takes possession of the folder, making it if need be. */
    static StoreFolder open(Path path, String cluster, String node) throws IOException {
        Files.createDirectories(path);
        FileChannel lock = lock(path);
        try {
            return new StoreFolder(path, lock, identify(path, cluster, node));
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    long storeId() {
        return identity.storeId();
    }

    Path indexFile() {
        return path.resolve(INDEX);
    }

    /** Where the search for damage notes how far it has come. */
    Path scrubFile() {
        return path.resolve(SCRUB);
    }

    /**
     * Takes the note of a clean stop out of the folder. From here on, until the next one is left, the folder counts as not
     * closed cleanly. A note that came with a copy of the folder counts for nothing.
     */
    Optional<StopRecord> takeStopRecord() throws IOException {
        Path file = path.resolve(STOP);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<StopRecord> stop = StopRecord.decode(Files.readAllBytes(file));
        Files.delete(file);
        syncFolder();
        Optional<Fingerprint> fingerprint = fingerprint();
        return stop.filter(left -> left.storeId() == storeId()
                && fingerprint.isPresent()
                && fingerprint.get().equals(left.fingerprint()));
    }

    void leaveStopRecord(StopRecord stop) throws IOException {
        write(path.resolve(STOP), stop.encode());
        syncFolder();
    }

    /** What sets this folder apart from its copies, where the file system tells. */
    Optional<Fingerprint> fingerprint() throws IOException {
        return Fingerprint.of(path.resolve(IDENTITY));
    }

    @Override
    public void close() throws IOException {
        // Closing gives the lock back.
        lockChannel.close();
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process has it open already.
        }
        if (lock == null) {
            channel.close();
            throw new StoreException(
                    path + " is in use by another node: stop that one, or give this one another folder");
        }
        return channel;
    }

    private static FolderIdentity identify(Path path, String cluster, String node) throws IOException {
        Path file = path.resolve(IDENTITY);
        if (!Files.exists(file)) {
            requireEmpty(path);
            FolderIdentity made = new FolderIdentity(cluster, node, new SecureRandom().nextLong());
            write(file, made.encode().getBytes(StandardCharsets.UTF_8));
            syncFolder(path);
            return made;
        }
        FolderIdentity found = decode(path, Files.readAllBytes(file));
        if (!found.cluster().equals(cluster)) {
            throw new StoreException(path + " belongs to cluster " + found.cluster() + ", not " + cluster
                    + ": give this node a folder of its own");
        }
        if (!found.node().equals(node)) {
            throw new StoreException(path + " belongs to node " + found.node() + ", not " + node
                    + ": give this node a folder of its own");
        }
        return found;
    }

    private static FolderIdentity decode(Path path, byte[] bytes) throws StoreException {
        try {
            return FolderIdentity.decode(new String(bytes, StandardCharsets.UTF_8));
        } catch (StoreException e) {
            throw new StoreException(path + ": " + e.getMessage(), e);
        }
    }

    private static void requireEmpty(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            Optional<Path> foreign = files.filter(
                            file -> !file.endsWith(LOCK) && !file.toString().endsWith(NEW))
                    .findFirst();
            if (foreign.isPresent()) {
                throw new StoreException(path + " holds " + foreign.get().getFileName()
                        + " and is no store: give this node an empty folder");
            }
        }
    }

    /** Puts a whole file in place, or leaves what was there. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + NEW);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void syncFolder() throws IOException {
        syncFolder(path);
    }

    private static void syncFolder(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
