package io.quorate.node.http.request;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import java.util.Arrays;
import java.util.Base64;

/** Where the next page of a bucket's keys begins, as the opaque token that a client sends back: base64 of {@code place check(4)}. */
public final class PageToken {
    private static final int CHECK_BYTES = 4;

    private PageToken() {}

    public static String of(Bytes place, String bucket) {
        Bytes checked = new ByteWriter(place.length() + CHECK_BYTES)
                .raw(place)
                .int32(check(place, bucket))
                .toBytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(checked.array());
    }

    /** The place that {@link #of} was given, for the same bucket. */
    public static Bytes parse(String token, String bucket) {
        byte[] decoded = decode(token);
        int length = decoded.length - CHECK_BYTES;
        if (length < 0) {
            throw refusal();
        }
        Bytes place = Bytes.wrap(Arrays.copyOf(decoded, length));
        Bytes check = Bytes.wrap(Arrays.copyOfRange(decoded, length, decoded.length));
        if (new ByteReader(check).int32() != check(place, bucket)) {
            throw refusal();
        }
        return place;
    }

    private static byte[] decode(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
    }

    private static int check(Bytes place, String bucket) {
        return (int) Hash.mix(Hash.of(place), Hash.of(Bytes.utf8(bucket)));
    }

    private static Refusal refusal() {
        return new Refusal(Problem.invalidParameter(
                        "The parameter 'after' must be the 'next' of an earlier page of this bucket, unchanged.")
                .with(json -> json.field("parameter", Parameter.AFTER.label())));
    }
}
