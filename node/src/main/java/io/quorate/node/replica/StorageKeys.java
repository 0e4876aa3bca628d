package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.ring.Ring;

/** How the node's ordered storage is divided: data by ring position, debts by target, expiries by time, and the node's own records. */
public final class StorageKeys {
    /** Where the bucket table is kept. */
    public static final Bytes BUCKETS = own("buckets");
    /** Where the member table is kept. */
    public static final Bytes MEMBERS = own("members");

    private static final byte DATA = 'd';
    private static final byte OWED = 'o';
    private static final byte HORIZON = 'h';
    private static final byte EXPIRY = 'x';
    private static final byte OWN = 'm';
    private static final byte SEPARATOR = 0;

    private StorageKeys() {}

    public static Bytes data(Key key) {
        return data(key.encoded());
    }

    /** From a key's storage form, or the beginning of one. */
    public static Bytes data(Bytes encoded) {
        return new ByteWriter(1 + encoded.length()).int8(DATA).raw(encoded).toBytes();
    }

    /** Above all keys up to a token, itself included. */
    static Bytes dataAfter(long lastToken) {
        return lastToken == -1 ? dataEnd() : data(Key.first(lastToken + 1));
    }

    public static Bytes dataEnd() {
        return new ByteWriter(1).int8(DATA + 1).toBytes();
    }

    public static Key toKey(Bytes data) {
        return Key.decode(toEncoded(data));
    }

    /** A key's own storage form, out of its record's. */
    static Bytes toEncoded(Bytes data) {
        byte[] encoded = new byte[data.length() - 1];
        System.arraycopy(data.array(), 1, encoded, 0, encoded.length);
        return Bytes.wrap(encoded);
    }

    /** "{@code target} may lack what this node holds of {@code key}". */
    public static Bytes owed(String target, Key key) {
        return new ByteWriter(64)
                .int8(OWED)
                .rawUtf8(target)
                .int8(SEPARATOR)
                .raw(key.encoded())
                .toBytes();
    }

    /** Not above any debt to a target about tokens from this one on. */
    static Bytes owedFrom(String target, long firstToken) {
        return new ByteWriter(64)
                .int8(OWED)
                .rawUtf8(target)
                .int8(SEPARATOR)
                .int64(firstToken)
                .toBytes();
    }

    /** Above all debts to a target about tokens up to this one, itself included. */
    static Bytes owedAfter(String target, long lastToken) {
        return lastToken == -1 ? owedToEnd(target) : owedFrom(target, lastToken + 1);
    }

    /** All debts to one target begin with it. */
    public static Bytes owedTo(String target) {
        return new ByteWriter(64).int8(OWED).rawUtf8(target).int8(SEPARATOR).toBytes();
    }

    /** Just after the last debt to one target. */
    public static Bytes owedToEnd(String target) {
        return new ByteWriter(64).int8(OWED).rawUtf8(target).int8(SEPARATOR + 1).toBytes();
    }

    public static boolean isData(Bytes record) {
        return record.at(0) == DATA;
    }

    public static boolean isOwed(Bytes record) {
        return record.at(0) == OWED;
    }

    /**
     * "{@code target} may lack anything that this node holds of a partition". It lies among the debts to that target, before those
     * of the partition's keys.
     */
    static Bytes owedPartition(String target, int partition, Ring ring) {
        return owedFrom(target, ring.firstToken(partition));
    }

    /** Whether a debt is about a partition, and not a key. */
    static boolean isOwedPartition(Bytes owed) {
        return owedRest(owed).length() == Long.BYTES;
    }

    /** The token of the key, or the first of the partition, that a debt is about. */
    static long owedToken(Bytes owed) {
        return Key.tokenOf(owedRest(owed));
    }

    /** The key that a debt is about. */
    public static Key owedKey(Bytes owed) {
        return Key.decode(owedRest(owed));
    }

    private static Bytes owedRest(Bytes owed) {
        ByteReader reader = new ByteReader(owed);
        reader.int8();
        reader.utf8Until(SEPARATOR);
        return reader.rest();
    }

    /** Up to what time a partition was reaped. */
    static Bytes horizon(int partition) {
        return new ByteWriter(8).int8(HORIZON).int32(partition).toBytes();
    }

    static int horizonPartition(Bytes horizon) {
        ByteReader reader = new ByteReader(horizon);
        reader.int8();
        return reader.int32();
    }

    static Bytes horizonsBegin() {
        return new ByteWriter(1).int8(HORIZON).toBytes();
    }

    static Bytes horizonsEnd() {
        return new ByteWriter(1).int8(HORIZON + 1).toBytes();
    }

    /** "Something of the key expires then." In the order of time. */
    public static Bytes expiry(long millis, Key key) {
        return new ByteWriter(64).int8(EXPIRY).int64(millis).raw(key.encoded()).toBytes();
    }

    static Bytes expiriesBegin() {
        return new ByteWriter(1).int8(EXPIRY).toBytes();
    }

    /** Above all that expires up to a time, itself included. */
    static Bytes expiriesAfter(long millis) {
        return new ByteWriter(9).int8(EXPIRY).int64(millis + 1).toBytes();
    }

    static Key expiryKey(Bytes expiry) {
        ByteReader reader = new ByteReader(expiry);
        reader.int8();
        reader.int64();
        return Key.decode(reader.rest());
    }

    public static boolean isExpiry(Bytes record) {
        return record.at(0) == EXPIRY;
    }

    /** The smallest byte string above another. */
    public static Bytes following(Bytes key) {
        return new ByteWriter(key.length() + 1).raw(key).int8(0).toBytes();
    }

    /** Where a clean stop leaves the hash trees of one of so many shards. */
    public static Bytes trees(int shard, int shards) {
        return own("trees/" + shard + "/" + shards);
    }

    private static Bytes own(String name) {
        return new ByteWriter(16).int8(OWN).rawUtf8(name).toBytes();
    }
}
