package io.quorate.core.version;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.codec.ByteWriter;
import java.util.random.RandomGenerator;

/** 128 bits that name one client request, however often it is sent and whichever replica gets it. */
public record RequestId(long high, long low) implements Comparable<RequestId> {
    public static RequestId random(RandomGenerator random) {
        return new RequestId(random.nextLong(), random.nextLong());
    }

    /** The request that a client named by an idempotency key, for one key of one bucket. */
    public static RequestId ofIdempotencyKey(Key key, String idempotencyKey) {
        Bytes named = new ByteWriter().bytes(key.encoded()).utf8(idempotencyKey).toBytes();
        HashValue128 hash = Hash.wide(named.array());
        return new RequestId(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    @Override
    public int compareTo(RequestId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
}
