package io.quorate.node.storage.segment;

/**
 * A Bloom filter over the keys of a segment: tells for sure that a key is not in there, or that it may be.
 *
 * <p>Sixteen bits a key and six probes: one answer in seven hundred is needlessly "may be", which only keeps the record of
 * a removal longer than it need be.
 */
public final class KeyFilter {
    private static final int BITS_PER_KEY = 16;
    private static final int PROBES = 6;

    private final byte[] bits;

    KeyFilter(byte[] bits) {
        this.bits = bits;
    }

    public static KeyFilter forKeys(int keys) {
        return new KeyFilter(new byte[Math.toIntExact(Math.max(1L, (long) keys * BITS_PER_KEY / Byte.SIZE))]);
    }

    /** Takes in a key of which this is the {@link io.quorate.core.Hash}. */
    public void add(long hash) {
        for (int i = 0; i < PROBES; i++) {
            long bit = probe(hash, i);
            bits[(int) (bit >>> 3)] |= (byte) (1 << (bit & 7));
        }
    }

    public boolean mayContain(long hash) {
        for (int i = 0; i < PROBES; i++) {
            long bit = probe(hash, i);
            if ((bits[(int) (bit >>> 3)] & (1 << (bit & 7))) == 0) {
                return false;
            }
        }
        return true;
    }

    byte[] bits() {
        return bits;
    }

    /** Double hashing (Kirsch and Mitzenmacher, 2006): two halves of one hash make all the probes. */
    private long probe(long hash, int i) {
        long mixed = hash + i * (Long.rotateLeft(hash, 32) | 1);
        return Long.remainderUnsigned(mixed, (long) bits.length * Byte.SIZE);
    }
}
