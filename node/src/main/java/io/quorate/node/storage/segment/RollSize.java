package io.quorate.node.storage.segment;

/**
 * How large a segment may grow before the next one is begun.
 *
 * <p>Small stores get small segments: the one being written cannot be compacted, and should hold only a small part of the
 * whole.
 *
 * @param bytesMax never more than this, but for a single batch that is larger
 */
public record RollSize(int bytesMax) {
    private static final int BYTES_MIN = 2 << 20;
    private static final int PARTS = 16;

    public int bytes(long liveBytes) {
        return (int) Math.min(bytesMax, Math.max(BYTES_MIN, liveBytes / PARTS));
    }
}
