package io.quorate.node.storage.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The segments of one store, by number. From any thread. */
public final class Segments implements Closeable {
    private final Disk disk;
    private final Path folder;
    private final long storeId;
    private final ConcurrentSkipListMap<Integer, Segment> byNumber = new ConcurrentSkipListMap<>();
    private final AtomicInteger nextNumber = new AtomicInteger(1);

    private Segments(Disk disk, Path folder, long storeId) {
        this.disk = disk;
        this.folder = folder;
        this.storeId = storeId;
    }

    /** Opens all that are there, none of them sealed yet, and clears away what an interrupted creation or deletion left. */
    public static Segments open(Disk disk, Path folder, long storeId) throws IOException {
        Segments segments = new Segments(disk, folder, storeId);
        try {
            segments.openAll();
            return segments;
        } catch (IOException e) {
            segments.close();
            throw e;
        }
    }

    public Disk disk() {
        return disk;
    }

    /** Makes a new segment; when this returns, the file will still be there after a power cut. */
    public Segment create() throws IOException {
        SegmentId id = new SegmentId(storeId, nextNumber.getAndIncrement());
        Path path = SegmentFiles.path(folder, id.number());
        Segment segment = Segment.created(id, path, disk.create(path), SegmentHeader.BYTES);
        try {
            segment.file().writeFully(SegmentHeader.encode(id), 0);
            segment.file().force();
            disk.syncFolder(folder);
        } catch (IOException e) {
            segment.close();
            disk.delete(path);
            throw e;
        }
        byNumber.put(id.number(), segment);
        return segment;
    }

    public Optional<Segment> get(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** All segments, by rising number. */
    public Collection<Segment> all() {
        return byNumber.values();
    }

    /** Deletes a segment; when this returns, it will not come back after a power cut. */
    public void delete(Segment segment) throws IOException {
        byNumber.remove(segment.number());
        segment.close();
        // The key file last: left alone it means nothing, while a segment left alone would have to be read through.
        disk.delete(segment.path());
        disk.delete(segment.keyPath());
        disk.syncFolder(folder);
    }

    /** Takes note that the index now points at this record. */
    public void addLive(Place place, int keyLength) {
        get(place.segment()).ifPresent(segment -> segment.addLiveBytes(place.recordBytes(keyLength)));
    }

    /** Takes note that the index no longer points at this record. */
    public void removeLive(Place place, int keyLength) {
        get(place.segment()).ifPresent(segment -> {
            segment.addLiveBytes(-place.recordBytes(keyLength));
            segment.markDead(place.offset());
        });
    }

    /** Takes note that the index was never pointed at this record, because something newer had come in between. */
    public void stillborn(Place place) {
        get(place.segment()).ifPresent(segment -> segment.markDead(place.offset()));
    }

    public long liveBytes() {
        return byNumber.values().stream().mapToLong(Segment::liveBytes).sum();
    }

    /** Bytes of all segments, without their key files. */
    public long bytes() {
        return byNumber.values().stream().mapToLong(Segment::bytes).sum();
    }

    /** The same of those that nobody writes to any more. */
    public long finishedBytes() {
        return byNumber.values().stream()
                .filter(Segment::isFinished)
                .mapToLong(Segment::bytes)
                .sum();
    }

    public long diskBytes() {
        return byNumber.values().stream().mapToLong(Segment::diskBytes).sum();
    }

    public int count() {
        return byNumber.size();
    }

    /** Stretches of damage from which not even a key could be read. */
    public int unreadable() {
        return byNumber.values().stream().mapToInt(Segment::unreadable).sum();
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : byNumber.values()) {
            segment.close();
        }
    }

    private void openAll() throws IOException {
        List<Path> keyFiles = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : (Iterable<Path>) files.sorted()::iterator) {
                OptionalInt number = SegmentFiles.segmentNumber(path);
                if (number.isPresent()) {
                    open(path, new SegmentId(storeId, number.getAsInt()));
                } else if (SegmentFiles.keyFileNumber(path).isPresent()) {
                    keyFiles.add(path);
                }
            }
        }
        for (Path path : keyFiles) {
            int number = SegmentFiles.keyFileNumber(path).orElseThrow();
            nextNumber.accumulateAndGet(number + 1, Math::max);
            if (!byNumber.containsKey(number)) {
                disk.delete(path);
            }
        }
    }

    private void open(Path path, SegmentId id) throws IOException {
        nextNumber.accumulateAndGet(id.number() + 1, Math::max);
        DiskFile file = disk.open(path);
        try {
            long size = file.size();
            if (size < SegmentHeader.BYTES) {
                file.close();
                disk.delete(path);
                return;
            }
            SegmentHeader.check(file, id, path);
            Segment segment = Segment.opened(id, path, file, Math.toIntExact(size));
            segment.finish();
            byNumber.put(id.number(), segment);
        } catch (IOException | ArithmeticException e) {
            file.close();
            throw e;
        }
    }
}
