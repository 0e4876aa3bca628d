package io.quorate.node.storage;

import io.quorate.node.storage.segment.Disk;
import io.quorate.node.storage.segment.DiskFile;
import io.quorate.node.storage.segment.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A disk on which compaction gets no file to write to before the gate is opened. */
final class GatedDisk implements Disk {
    private final Disk disk = new RealDisk();
    private final CountDownLatch gate = new CountDownLatch(1);

    void openGate() {
        gate.countDown();
    }

    @Override
    public DiskFile create(Path path) throws IOException {
        if (Thread.currentThread().getName().equals("store-compaction")) {
            pass();
        }
        return disk.create(path);
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return disk.open(path);
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
        return disk.usableBytes(folder);
    }

    private void pass() throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
