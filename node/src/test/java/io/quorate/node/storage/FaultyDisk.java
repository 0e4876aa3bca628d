package io.quorate.node.storage;

import io.quorate.node.storage.segment.Disk;
import io.quorate.node.storage.segment.DiskFile;
import io.quorate.node.storage.segment.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk that fails as it is told. */
final class FaultyDisk implements Disk {
    private final Disk disk = new RealDisk();
    private long roomBytes = Long.MAX_VALUE;
    private volatile long usableBytes = Long.MAX_VALUE;
    private volatile boolean broken;
    private volatile boolean unforceable;
    private volatile int writeBytesMax = Integer.MAX_VALUE;

    /** After so many more bytes, there is no space left. */
    synchronized void leaveRoom(long bytes) {
        roomBytes = bytes;
    }

    /** What it claims to have free. */
    void claimUsable(long bytes) {
        usableBytes = bytes;
    }

    /** No write succeeds any more. */
    void breakDown() {
        broken = true;
    }

    void refuseForce(boolean refuse) {
        unforceable = refuse;
    }

    /** Each call writes only so much. */
    void writeInPiecesOf(int bytes) {
        writeBytesMax = bytes;
    }

    @Override
    public DiskFile create(Path path) throws IOException {
        takeRoom(1);
        return new FaultyFile(disk.create(path));
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new FaultyFile(disk.open(path));
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        disk.syncFolder(folder);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return Math.min(usableBytes, disk.usableBytes(folder));
    }

    /** Says how much of this fits; what fits is written, as by a real disk, before it says that no more does. */
    private synchronized int takeRoom(int bytes) throws IOException {
        if (broken) {
            throw new IOException("Input/output error");
        }
        if (roomBytes <= 0) {
            throw new IOException("No space left on device");
        }
        int fitting = (int) Math.min(Math.min(bytes, writeBytesMax), roomBytes);
        roomBytes -= fitting;
        return fitting;
    }

    /** A file of a {@link FaultyDisk}. */
    private final class FaultyFile implements DiskFile {
        private final DiskFile file;

        FaultyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int limit = source.limit();
            source.limit(source.position() + takeRoom(source.remaining()));
            int written = file.write(source, position);
            source.limit(limit);
            return written;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            if (unforceable) {
                throw new IOException("Input/output error");
            }
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
