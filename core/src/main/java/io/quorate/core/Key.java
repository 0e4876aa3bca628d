package io.quorate.core;

import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import java.util.Optional;

/**
 * The name of a value: a key within a bucket, and the token that places it on the ring.
 *
 * <p>A key that holds a {@code {tag}} takes the upper half of its token from the tag, so that all keys of one tag share a
 * partition and lie side by side in storage; the lower half tells them apart.
 */
public final class Key implements Comparable<Key> {
    /** The bits of a token that are the same for all keys of a tag. */
    static final long TAG_BITS = 0xFFFF_FFFF_0000_0000L;

    private static final byte SEPARATOR = 0;

    private final String bucket;
    private final String name;
    private final long token;
    private final Bytes encoded;

    private Key(String bucket, String name, long token, Bytes encoded) {
        this.bucket = bucket;
        this.name = name;
        this.token = token;
        this.encoded = encoded;
    }

    /**
     * The key of that name.
     *
     * @throws IllegalArgumentException when a name holds half a surrogate pair: UTF-8 has no bytes for it, so two such keys would
     *     become one
     */
    public static Key of(String bucket, String name) {
        requireUtf8(bucket);
        requireUtf8(name);
        long token = token(bucket, name);
        // Bucket names hold no NUL, so the separator keeps (bucket, key) apart for every key.
        Bytes encoded = new ByteWriter()
                .int64(token)
                .rawUtf8(bucket)
                .int8(SEPARATOR)
                .rawUtf8(name)
                .toBytes();
        return new Key(bucket, name, token, encoded);
    }

    /** Reads what {@link #encoded} wrote. */
    public static Key decode(Bytes encoded) {
        ByteReader reader = new ByteReader(encoded);
        long token = reader.int64();
        String bucket = reader.utf8Until(SEPARATOR);
        String name = reader.restAsUtf8();
        return new Key(bucket, name, token, encoded);
    }

    /** The storage form of a token alone: not above any key of that token. */
    public static Bytes first(long token) {
        return new ByteWriter(Long.BYTES).int64(token).toBytes();
    }

    /** The token that a storage form, of a key or of a token alone, begins with. */
    public static long tokenOf(Bytes encoded) {
        return new ByteReader(encoded).int64();
    }

    private static long token(String bucket, String name) {
        long whole = hash(bucket, name);
        Optional<String> tag = tag(name);
        return tag.isEmpty() ? whole : (hash(bucket, tag.get()) & TAG_BITS) | (whole >>> 32);
    }

    private static Optional<String> tag(String name) {
        int open = name.indexOf('{');
        int close = name.indexOf('}', open + 1);
        return open < 0 || close <= open + 1 ? Optional.empty() : Optional.of(name.substring(open + 1, close));
    }

    private static void requireUtf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    throw new IllegalArgumentException("half a surrogate pair at index " + i);
                }
                i++;
            }
        }
    }

    private static long hash(String bucket, String text) {
        return Hash.of(
                new ByteWriter().rawUtf8(bucket).int8(SEPARATOR).rawUtf8(text).toBytes());
    }

    public String bucket() {
        return bucket;
    }

    public String name() {
        return name;
    }

    /** What stands between the first opening brace of the name and the next closing one, if anything does. */
    public Optional<String> tag() {
        return tag(name);
    }

    /** The 64-bit position on the ring; unsigned. */
    public long token() {
        return token;
    }

    /** Eight bytes of token, then bucket and key: storage order is ring order. */
    public Bytes encoded() {
        return encoded;
    }

    @Override
    public int compareTo(Key other) {
        return encoded.compareTo(other.encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && encoded.equals(key.encoded);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(token);
    }

    @Override
    public String toString() {
        return bucket + "/" + name;
    }
}
