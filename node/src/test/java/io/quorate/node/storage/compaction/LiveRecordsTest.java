package io.quorate.node.storage.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.segment.GroupBuffer;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.RealDisk;
import io.quorate.node.storage.segment.RecordFormat;
import io.quorate.node.storage.segment.Sealing;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.SegmentWriter;
import io.quorate.node.storage.segment.Segments;
import io.quorate.node.storage.segment.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two ways to tell which records are live: by the deaths that were seen, and, in a store that was opened again, by the index. */
class LiveRecordsTest {
    private static final RealDisk DISK = new RealDisk();
    private static final Bytes VALUE = Bytes.wrap(new byte[20]);
    private static final int KEYS = 500;

    private final Random random = new Random(1);
    private final List<Integer> offsets = new ArrayList<>();
    private long sequence = 1;

    @TempDir
    private Path folder;

    @Test
    void bothWaysFindTheSame() throws IOException {
        try (Index index = Index.build(folder.resolve("index"), Optional::empty)) {
            Path files = folder.resolve("segments");
            files.toFile().mkdir();
            LiveRecords byDeaths;
            try (Segments segments = Segments.open(DISK, files, 1)) {
                Segment first = fill(segments, index, offsets);
                fill(segments, index, new ArrayList<>());
                byDeaths = LiveRecords.of(DISK, first, index);
            }
            try (Segments again = Segments.open(DISK, files, 1)) {
                Segment first = again.all().iterator().next();
                assertThat(new Sealing(DISK).sealByKeyFile(first)).isTrue();
                LiveRecords byIndex = LiveRecords.of(DISK, first, index);

                assertThat(byDeaths.removals()).isEqualTo(byIndex.removals()).isNotEmpty();
                List<Integer> live = offsets.stream().filter(byIndex::meet).toList();
                assertThat(offsets.stream().filter(byDeaths::meet)).containsExactlyElementsOf(live);
                assertThat(live).isNotEmpty();
                assertThat(byDeaths.allMet() && byIndex.allMet()).isTrue();
            }
        }
    }

    /** Puts, puts that come too late, and removals. */
    private Segment fill(Segments segments, Index index, List<Integer> written) throws IOException {
        SegmentWriter writer = new SegmentWriter(segments.create(), new GroupBuffer(), 0);
        Segment segment = writer.segment();
        writer.begin();
        for (int i = 0; i < 1_000; i++) {
            Bytes key = Bytes.utf8("key" + random.nextInt(KEYS));
            int whole = RecordFormat.FIRST | RecordFormat.LAST;
            if (random.nextInt(4) == 0) {
                int offset =
                        writer.append(new StoredRecord(whole | RecordFormat.REMOVAL, sequence++, 0, key, Bytes.EMPTY));
                written.add(offset);
                index.change(
                        now -> now.remove(key.array()).ifPresent(former -> segments.removeLive(former, key.length())));
            } else {
                int offset = writer.append(new StoredRecord(whole, sequence++, 0, key, VALUE));
                written.add(offset);
                put(segments, index, key, new Place(segment.number(), offset, VALUE.length(), 0, 0, false));
            }
        }
        writer.write();
        segment.force();
        segment.finish();
        new Sealing(DISK).sealByReading(segment);
        return segment;
    }

    private void put(Segments segments, Index index, Bytes key, Place place) {
        if (random.nextInt(10) == 0) {
            segments.stillborn(place);
            return;
        }
        index.change(now -> {
            now.put(key.array(), place).ifPresent(former -> segments.removeLive(former, key.length()));
            segments.addLive(place, key.length());
        });
    }
}
