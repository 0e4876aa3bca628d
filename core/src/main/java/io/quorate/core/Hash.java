package io.quorate.core;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/** The one place that names a hash function. Its results are stored and sent, so changing it is a change of format. */
public final class Hash {
    private static final Hasher64 XXH3 = Hashing.xxh3_64();
    private static final Hasher128 XXH3_128 = Hashing.xxh3_128();

    private Hash() {}

    public static long of(Bytes bytes) {
        return bytes.hash(XXH3);
    }

    public static long of(byte[] bytes) {
        return XXH3.hashBytesToLong(bytes);
    }

    public static HashValue128 wide(byte[] bytes) {
        return XXH3_128.hashBytesTo128Bits(bytes);
    }

    /** Joins two hashes into one that depends on both and on their order. */
    public static long mix(long a, long b) {
        long h = (a ^ Long.rotateLeft(b, 32)) * 0x9E3779B97F4A7C15L + b;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        return h ^ (h >>> 32);
    }
}
