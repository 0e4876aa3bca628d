package io.quorate.node.storage.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** Finishes segments: sees to it that each has a key file that tells all that is in it. For one thread. */
public final class Sealing {
    private final Disk disk;

    public Sealing(Disk disk) {
        this.disk = disk;
    }

    /** Seals the segment if its key file is there and says that nothing has changed; reads only its header. */
    public boolean sealByHeader(Segment segment) throws IOException {
        try (KeyFileReader reader = KeyFileReader.open(disk, segment)) {
            if (reader.summary().segmentBytes() == segment.bytes()) {
                segment.seal(reader.summary(), reader.length());
            }
        } catch (DamagedKeyFileException e) {
            return false;
        }
        return segment.isSealed();
    }

    /** Seals the segment if its key file is whole. */
    public boolean sealByKeyFile(Segment segment) throws IOException {
        try (KeyFileReader reader = KeyFileReader.open(disk, segment)) {
            reader.verify();
            segment.seal(reader.summary(), reader.length());
            return true;
        } catch (DamagedKeyFileException e) {
            return false;
        }
    }

    /**
     * Seals the segment by reading all of it: cuts off what a crash tore, and writes its key file.
     *
     * <p>Where the segment is damaged, an older key file of it, even a broken one, may still know which keys were there.
     */
    public void sealByReading(Segment segment) throws IOException {
        SegmentSurvey survey = SegmentSurvey.of(segment);
        if (survey.wholeEnd() < segment.bytes()) {
            segment.truncate(survey.wholeEnd());
        }
        segment.forceIfDirty();
        KeyTable table = survey.entries();
        int unreadable = recover(segment, survey);
        table.sort();
        KeyFileSummary summary = survey.summary(table.size(), unreadable);
        segment.seal(summary, KeyFileWriter.write(disk, segment, table, summary));
    }

    /** Adds the keys that only the old key file knows of, and says how many stretches of damage it knows nothing of. */
    private int recover(Segment segment, SegmentSurvey survey) throws IOException {
        NavigableMap<Integer, Integer> gaps = survey.gaps();
        if (gaps.isEmpty()) {
            return 0;
        }
        Set<Integer> explained = new HashSet<>();
        for (KeyEntry entry : salvage(segment)) {
            Map.Entry<Integer, Integer> gap = gaps.floorEntry(entry.offset());
            if (gap != null && entry.offset() < gap.getValue()) {
                survey.addLost(entry);
                explained.add(gap.getKey());
            }
        }
        return gaps.size() - explained.size();
    }

    private List<KeyEntry> salvage(Segment segment) throws IOException {
        List<KeyEntry> entries = new ArrayList<>();
        try (KeyFileReader reader = KeyFileReader.open(disk, segment)) {
            Optional<KeyEntry> next = nextReadable(reader);
            while (next.isPresent()) {
                entries.add(next.get());
                next = nextReadable(reader);
            }
        } catch (DamagedKeyFileException e) {
            // Nothing to be had from it.
            return entries;
        }
        return entries;
    }

    private static Optional<KeyEntry> nextReadable(KeyFileReader reader) throws IOException {
        while (true) {
            try {
                return reader.next();
            } catch (DamagedKeyFileException e) {
                // Each try moves on by at least a block, so this ends.
            }
        }
    }
}
