package io.quorate.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.codec.MalformedException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final FrameReader reader = new FrameReader(100);
    private final List<String> frames = new ArrayList<>();

    @Property(tries = 500)
    void framesComeOutWholeHoweverTheyWereCut(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 3_000) Integer> lengths,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 900) Integer> cuts) {
        FrameBuffer out = new FrameBuffer();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            byte[] body = new byte[lengths.get(i)];
            Arrays.fill(body, (byte) i);
            out.begin(i).write(body, 0, body.length);
            out.end();
            sent.add(i + ":" + Arrays.hashCode(body));
        }
        byte[] all = out.drain().getBytes();

        FrameReader anyReader = new FrameReader(3_001);
        ReadBuffer buffer = new ReadBuffer();
        List<String> received = new ArrayList<>();
        int at = 0;
        for (int turn = 0; at < all.length; turn++) {
            int end = Math.min(all.length, at + cuts.get(turn % cuts.size()));
            Buffer data = Buffer.buffer(Arrays.copyOfRange(all, at, end));
            anyReader.read(
                    buffer.fill(data),
                    data.length(),
                    (bytes, offset, length) -> received.add(bytes[offset] + ":"
                            + Arrays.hashCode(Arrays.copyOfRange(bytes, offset + 1, offset + length))));
            at = end;
        }

        assertThat(received).isEqualTo(sent);
    }

    @Test
    void aLengthOutOfBoundsIsMalformedBeforeItsBytesCome() {
        assertThatThrownBy(() -> read(0, 0, 0, 101)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> read(0, 0, 0, 0)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> read('G', 'E', 'T', ' ')).hasMessageContaining("a frame of 1195725856 bytes");
        assertThatThrownBy(() -> read(0xFF, 0xFF, 0xFF, 0xFF)).hasMessageContaining("a frame of 4294967295 bytes");
        assertThat(frames).isEmpty();
    }

    @Test
    void theBoundMayRiseBetweenTwoFrames() {
        reader.read(new byte[] {0, 0, 0, 1, 7, 0, 0, 1, 0}, 9, (bytes, offset, length) -> {
            reader.setFrameBytesMax(300);
            return frames.add("frame");
        });

        assertThat(frames).hasSize(1);
    }

    @Test
    void whoWantsNoMoreFramesGetsNone() {
        reader.read(new byte[] {0, 0, 0, 1, 7, 0, 0, 0, 1, 8}, 10, (bytes, offset, length) -> {
            frames.add("frame");
            return false;
        });

        assertThat(frames).hasSize(1);
    }

    @Test
    void aFrameThatIsTakenBackLeavesNoTrace() {
        FrameBuffer out = new FrameBuffer();
        out.begin(1).int32(5).end();
        out.begin(2).int64(6).cancel();
        out.begin(3).end();

        assertThat(out.drain()).isEqualTo(Buffer.buffer(new byte[] {0, 0, 0, 5, 1, 0, 0, 0, 5, 0, 0, 0, 1, 3}));
        assertThat(out.length()).isZero();
    }

    private void read(int... bytes) {
        byte[] arrived = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            arrived[i] = (byte) bytes[i];
        }
        new FrameReader(100).read(arrived, arrived.length, (b, offset, length) -> frames.add("frame"));
    }
}
