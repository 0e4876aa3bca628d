package io.quorate.core;

import java.util.Optional;

/** All keys of a bucket that share a {@code {tag}}: they lie in one stretch of one partition, and are read and written together. */
public record Group(String bucket, String tag) {
    /** Throws {@code IllegalArgumentException} for what no key can have as its tag, so that a message that names it is malformed. */
    public Group {
        if (tag.isEmpty() || tag.indexOf('}') >= 0) {
            throw new IllegalArgumentException("a tag is not empty and holds no closing brace");
        }
    }

    /** The group of a key; empty when its name has no tag. */
    public static Optional<Group> of(Key key) {
        return key.tag().map(tag -> new Group(key.bucket(), tag));
    }

    /** Stands for all of them where one is needed: it has their partition. */
    public Key key() {
        return Key.of(bucket, "{" + tag + "}");
    }

    /** The first token that a key of it may have, unsigned. */
    public long firstToken() {
        return key().token() & Key.TAG_BITS;
    }

    /** The last token that a key of it may have, unsigned; other keys may have such tokens too. */
    public long lastToken() {
        return firstToken() | ~Key.TAG_BITS;
    }

    public boolean contains(Key key) {
        return key.bucket().equals(bucket) && key.tag().filter(tag::equals).isPresent();
    }
}
