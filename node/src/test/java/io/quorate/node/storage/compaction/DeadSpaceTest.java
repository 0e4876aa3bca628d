package io.quorate.node.storage.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.node.storage.segment.GroupBuffer;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.RealDisk;
import io.quorate.node.storage.segment.RecordFormat;
import io.quorate.node.storage.segment.RollSize;
import io.quorate.node.storage.segment.SegmentWriter;
import io.quorate.node.storage.segment.Segments;
import io.quorate.node.storage.segment.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much dead space is too much, at rest and while segments fill up. */
class DeadSpaceTest {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Bytes VALUE = Bytes.wrap(new byte[1_000]);

    @TempDir
    private Path folder;

    @Test
    void aStoreThatIsWrittenToMayHoldMoreThanOneAtRest() throws IOException {
        try (Segments segments = Segments.open(new RealDisk(), folder, 1)) {
            DeadSpace dead = new DeadSpace(segments, new RetainedRemovals(), new RollSize(100_000));
            write(segments, 100, 90);
            assertThat(dead.isWorthCompacting(true)).isFalse();
            assertThat(dead.isWorthCompacting(false)).isFalse();

            write(segments, 20, 0);
            assertThat(dead.isWorthCompacting(true)).isTrue();
            assertThat(dead.isWorthCompacting(false)).isFalse();

            write(segments, 20, 0);
            assertThat(dead.isWorthCompacting(false)).isTrue();
        }
    }

    private static void write(Segments segments, int records, int live) throws IOException {
        SegmentWriter writer = new SegmentWriter(segments.create(), new GroupBuffer(), 0);
        writer.begin();
        for (int i = 0; i < records; i++) {
            StoredRecord record = new StoredRecord(RecordFormat.FIRST | RecordFormat.LAST, i, 0, KEY, VALUE);
            int offset = writer.append(record);
            if (i < live) {
                Place place = new Place(writer.segment().number(), offset, VALUE.length(), 0, 0, false);
                segments.addLive(place, KEY.length());
            }
        }
        writer.write();
    }
}
