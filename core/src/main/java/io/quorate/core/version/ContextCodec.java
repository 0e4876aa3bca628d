package io.quorate.core.version;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The binary form of a {@link Context}, and the opaque token that clients carry it in.
 *
 * <p>A token is URL-safe base64 of {@code format(1) actors vector cloud check(4)}. The check covers the key too: counters run
 * per node, so a context of one key, used on another, would claim writes that nobody saw.
 */
public final class ContextCodec {
    /** What an honest context can reach with hundreds of actors; longer tokens are refused before they are decoded. */
    public static final int TOKEN_LENGTH_MAX = 16 * 1024;

    private static final int FORMAT = 1;
    private static final int DOT_BYTES_MIN = 9;
    private static final int CHECK_BYTES = 4;

    private ContextCodec() {}

    public static String toToken(Context context, Key key) {
        byte[] body = bytes(context).array();
        Bytes checked = new ByteWriter(body.length + CHECK_BYTES)
                .raw(body)
                .int32(check(body, key))
                .toBytes();
        return encodeBase64(checked.array());
    }

    /**
     * Reads what {@link #toToken} made.
     *
     * @throws MalformedException when the token is damaged, or was made for another key
     */
    public static Context fromToken(String token, Key key) {
        if (token.length() > TOKEN_LENGTH_MAX) {
            throw new MalformedException("longer than any token");
        }
        byte[] decoded = decodeBase64(token);
        if (decoded.length < CHECK_BYTES) {
            throw new MalformedException("shorter than any token");
        }
        byte[] body = Arrays.copyOf(decoded, decoded.length - CHECK_BYTES);
        ByteReader check = new ByteReader(Bytes.wrap(Arrays.copyOfRange(decoded, body.length, decoded.length)));
        if (check.int32() != check(body, key)) {
            throw new MalformedException("damaged, or of another key");
        }
        return fromBytes(Bytes.wrap(body));
    }

    public static Bytes bytes(Context context) {
        ActorTable actors = ActorTable.of(context);
        ByteWriter out = new ByteWriter().int8(FORMAT);
        actors.write(out);
        write(out, context, actors);
        return out.toBytes();
    }

    /**
     * Reads what {@link #bytes} wrote, and nothing else.
     *
     * @throws MalformedException when the bytes are not a whole context
     */
    public static Context fromBytes(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.int8() != FORMAT) {
            throw new MalformedException("unknown format of a context");
        }
        ActorTable actors = ActorTable.read(in);
        Context context = read(in, actors);
        actors.expectAllNamed();
        in.expectEnd();
        return context;
    }

    static void write(ByteWriter out, Context context, ActorTable actors) {
        writeDots(out, context.vector().entries(), actors);
        writeDots(out, context.cloud(), actors);
    }

    static Context read(ByteReader in, ActorTable actors) {
        List<Dot> vector = readDots(in, actors);
        List<Dot> cloud = readDots(in, actors);
        Context context = new Context(VersionVector.of(vector), cloud);
        if (!context.vector().entries().equals(vector) || !context.cloud().equals(cloud)) {
            throw new MalformedException("a context that is not in normal form");
        }
        return context;
    }

    private static void writeDots(ByteWriter out, List<Dot> dots, ActorTable actors) {
        out.varint(dots.size());
        for (Dot dot : dots) {
            actors.writeDot(out, dot);
        }
    }

    private static List<Dot> readDots(ByteReader in, ActorTable actors) {
        int count = in.count(DOT_BYTES_MIN);
        if (count == 0) {
            return List.of();
        }
        List<Dot> dots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dots.add(actors.readDot(in));
        }
        return dots;
    }

    private static String encodeBase64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decodeBase64(String token) {
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(token);
            // The decoder overlooks padding and the unused bits of the last character: a token has one spelling.
            if (encodeBase64(decoded).equals(token)) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not URL-safe base64");
        }
        throw new MalformedException("not URL-safe base64");
    }

    private static int check(byte[] body, Key key) {
        return (int) Hash.mix(Hash.of(body), Hash.of(key.encoded()));
    }
}
