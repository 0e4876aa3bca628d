package io.quorate.node.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that counts how often something was forced onto it. */
public final class CountingDisk implements Disk {
    private final Disk disk;
    private final AtomicLong forces = new AtomicLong();

    public CountingDisk(Disk disk) {
        this.disk = disk;
    }

    public long forces() {
        return forces.get();
    }

    @Override
    public DiskFile create(Path path) throws IOException {
        return new CountingFile(disk.create(path));
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new CountingFile(disk.open(path));
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        forces.incrementAndGet();
        disk.syncFolder(folder);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return disk.usableBytes(folder);
    }

    /** A file of a {@link CountingDisk}. */
    private final class CountingFile implements DiskFile {
        private final DiskFile file;

        CountingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return file.write(source, position);
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
            forces.incrementAndGet();
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
