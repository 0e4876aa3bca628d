package io.quorate.node.http.request;

import io.quorate.core.Key;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The bucket and key that a path names.
 *
 * <p>The key is all that follows the bucket's slash, so a slash in it may be written {@code %2F} or plainly: nobody is told
 * "not found" for a path they read back from a listing.
 */
public final class KeyPath {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int UTF8_BYTES_PER_CHAR_MAX = 3;

    private KeyPath() {}

    /**
     * The key named by {@code bucket/key}.
     *
     * @param raw without the prefix of the path
     */
    public static Key key(String raw, int keyBytesMax) {
        int slash = raw.indexOf('/');
        String bucket = bucket(slash < 0 ? raw : raw.substring(0, slash));
        return named(bucket, slash < 0 ? "" : decodeKey(raw.substring(slash + 1)), keyBytesMax);
    }

    /** The key of that name, if it may be one. */
    public static Key named(String bucket, String name, int keyBytesMax) {
        if (name.isEmpty()) {
            throw new Refusal(Problem.invalidKey(
                    "The key is empty: name one after the bucket, or leave out the slash to list its keys."));
        }
        if (name.length() * UTF8_BYTES_PER_CHAR_MAX > keyBytesMax && utf8Length(name) > keyBytesMax) {
            throw new Refusal(Problem.keyTooLong("The key is " + utf8Length(name) + " bytes long; shorten it to "
                    + keyBytesMax + " bytes of UTF-8 or less."));
        }
        return Key.of(bucket, name);
    }

    public static String bucket(String raw) {
        return requireBucket(Percent.decode(raw).orElse(""));
    }

    public static String requireBucket(String decoded) {
        if (!BUCKET.matcher(decoded).matches()) {
            throw new Refusal(Problem.invalidParameter(
                    "A bucket's name is 1 to 64 letters, digits, dots, underscores and hyphens (A-Za-z0-9._-)."));
        }
        return decoded;
    }

    private static String decodeKey(String raw) {
        if (raw.indexOf('#') >= 0) {
            // To most clients it starts a fragment that is not sent; whoever does send it may mean either.
            throw new Refusal(Problem.invalidKey("Write # in a key as %23."));
        }
        return Percent.decode(raw)
                .orElseThrow(
                        () -> new Refusal(
                                Problem.invalidKey(
                                        "The key's percent-encoding is malformed: encode its UTF-8 bytes, each as % and two hex digits.")));
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
