package io.quorate.antientropy;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import io.quorate.merkle.DamagedForestException;
import io.quorate.merkle.Forest;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a shard's trees know, as a clean stop leaves it for the next start: a checksum, the keys without a live value in each
 * partition that has any, and the forest.
 */
record SavedTrees(Forest forest, SortedMap<Integer, Integer> dead) {
    Bytes encode() {
        ByteWriter body = new ByteWriter();
        body.varint(dead.size());
        dead.forEach((partition, count) -> body.varint(partition).varint(count));
        Bytes content = body.raw(forest.save()).toBytes();
        return new ByteWriter(Long.BYTES + content.length())
                .int64(Hash.of(content))
                .raw(content)
                .toBytes();
    }

    /** Empty when the bytes are not what was written. */
    static Optional<SavedTrees> decode(Bytes saved, int partitions) {
        try {
            ByteReader reader = new ByteReader(saved);
            long checksum = reader.int64();
            Bytes content = reader.rest();
            if (Hash.of(content) != checksum) {
                return Optional.empty();
            }
            ByteReader body = new ByteReader(content);
            SortedMap<Integer, Integer> dead = new TreeMap<>();
            for (int left = body.count(2); left > 0; left--) {
                dead.put(body.varint(), body.varint());
            }
            boolean fits = dead.isEmpty() || dead.lastKey() < partitions;
            return fits ? Optional.of(new SavedTrees(Forest.load(body.rest().array()), dead)) : Optional.empty();
        } catch (MalformedException | DamagedForestException e) {
            return Optional.empty();
        }
    }
}
