package io.quorate.node.storage.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.node.storage.segment.GroupBuffer;
import io.quorate.node.storage.segment.RealDisk;
import io.quorate.node.storage.segment.RecordFormat;
import io.quorate.node.storage.segment.RollSize;
import io.quorate.node.storage.segment.Sealing;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.SegmentWriter;
import io.quorate.node.storage.segment.Segments;
import io.quorate.node.storage.segment.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much dead space is too much, at rest and while segments fill up. */
class CompactionPolicyTest {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Bytes VALUE = Bytes.wrap(new byte[1_000]);
    private static final RollSize ROLL_SIZE = new RollSize(50_000);

    @TempDir
    private Path folder;

    private Segments segments;
    private CompactionPolicy policy;

    @BeforeEach
    void open() throws IOException {
        segments = Segments.open(new RealDisk(), folder, 1);
        policy = policy();
    }

    @AfterEach
    void close() throws IOException {
        segments.close();
    }

    @Test
    void aStoreThatIsWrittenToMayHoldMoreThanOneAtRest() throws IOException {
        segment(100, 95);
        Segment worst = segment(100, 65);
        assertThat(policy().choose(true)).containsExactly(worst);
        assertThat(policy().choose(false)).isEmpty();

        segment(40, 30);
        segment(40, 30);
        Segment nextWorst = segment(60, 10);
        assertThat(policy().choose(false)).containsExactly(nextWorst);
    }

    @Test
    void atRestItGoesOnOnceItHasBegun() throws IOException {
        Segment first = segment(100, 80);
        Segment second = segment(100, 82);
        Segment third = segment(100, 84);
        compact(first);

        assertThat(policy().choose(true)).as("too little to begin with").isEmpty();
        compact(second);
        compact(third);
        assertThat(policy.choose(true)).isEmpty();
    }

    @Test
    void whatItHasBegunAtRestEndsWhenSegmentsFillUp() throws IOException {
        Segment first = segment(100, 80);
        segment(100, 82);
        segment(100, 84);
        compact(first);

        assertThat(policy.choose(false)).isEmpty();
        assertThat(policy.choose(true)).isEmpty();
    }

    @Test
    void whatItHasBegunAtRestEndsWhenNoSegmentIsWorthCopying() throws IOException {
        Segment first = segment(100, 60);
        segment(100, 92);
        segment(100, 92);
        compact(first);
        assertThat(policy.choose(true)).isEmpty();

        segment(100, 89);
        assertThat(policy.choose(true)).as("too little to begin with again").isEmpty();
    }

    private CompactionPolicy policy() {
        RetainedRemovals retained = new RetainedRemovals();
        return new CompactionPolicy(segments, retained, ROLL_SIZE, new DeadSpace(segments, retained, ROLL_SIZE));
    }

    /** Expects this segment to be chosen at rest, and copies what is live in it. */
    private void compact(Segment segment) throws IOException {
        assertThat(policy.choose(true)).containsExactly(segment);
        int live = Math.toIntExact(segment.liveBytes() / record(0).bytes());
        segments.delete(segment);
        segment(live, live);
    }

    /** A segment of so many records, of which so many are live. */
    private Segment segment(int records, int live) throws IOException {
        SegmentWriter writer = new SegmentWriter(segments.create(), new GroupBuffer(), 0);
        writer.begin();
        for (int i = 0; i < records; i++) {
            writer.append(record(i));
        }
        writer.write();
        Segment segment = writer.segment();
        segment.addLiveBytes((long) live * record(0).bytes());
        segment.finish();
        new Sealing(segments.disk()).sealByReading(segment);
        return segment;
    }

    private static StoredRecord record(int sequence) {
        return new StoredRecord(RecordFormat.FIRST | RecordFormat.LAST, sequence, 0, KEY, VALUE);
    }
}
