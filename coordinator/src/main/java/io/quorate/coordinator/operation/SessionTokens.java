package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.datatype.Operation;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one session has seen of each key, and its requests, which carry that to whatever coordinator they go through: reads reflect it,
 * and writes replace it (Terry and others, "Session Guarantees for Weakly Consistent Replicated Data", 1994).
 */
public final class SessionTokens {
    private static final int FORMAT = 1;
    private static final int ENTRY_BYTES_MIN = 12;

    private final int keysMax;
    private final SortedMap<Key, Context> seen = new TreeMap<>();

    /**
     * A session that has seen nothing.
     *
     * @param keysMax keys that it follows; each takes some hundred bytes. To forget one would break what the session promises, so
     *     requests for further keys are refused
     */
    public SessionTokens(int keysMax) {
        this.keysMax = keysMax;
    }

    public void get(Coordinator node, Key key, ReadOptions options, Consumer<Result<ReadAnswer>> done) {
        ReadOptions reflecting = options.withAtLeast(options.atLeast().join(seenOf(key)));
        request(key, done, ReadAnswer::context, learning -> node.get(key, reflecting, learning));
    }

    public void put(Coordinator node, Key key, Bytes value, WriteOptions options, Consumer<Result<WriteAnswer>> done) {
        request(key, done, WriteAnswer::context, learning -> node.put(key, value, following(key, options), learning));
    }

    public void delete(Coordinator node, Key key, WriteOptions options, Consumer<Result<WriteAnswer>> done) {
        request(key, done, WriteAnswer::context, learning -> node.delete(key, following(key, options), learning));
    }

    public void patch(
            Coordinator node,
            Key key,
            List<Operation> operations,
            WriteOptions options,
            Consumer<Result<PatchAnswer>> done) {
        request(
                key,
                done,
                answer -> answer.write().context(),
                learning -> node.patch(key, operations, following(key, options), learning));
    }

    private WriteOptions following(Key key, WriteOptions options) {
        return options.withContext(options.context().join(seenOf(key)));
    }

    private <T> void request(
            Key key, Consumer<Result<T>> done, Function<T, Context> told, Consumer<Consumer<Result<T>>> send) {
        if (!hasRoomFor(key)) {
            done.accept(full());
            return;
        }
        // From now on, or requests that are under way together would find room for one.
        seen.putIfAbsent(key, Context.EMPTY);
        send.accept(result -> {
            if (result instanceof Result.Done<T> answered) {
                saw(key, told.apply(answered.answer()));
            }
            done.accept(result);
        });
    }

    private boolean hasRoomFor(Key key) {
        return seen.size() < keysMax || seen.containsKey(key);
    }

    private <T> Result<T> full() {
        return new Result.Failed<>(new Failure.SessionFull(
                "the session follows " + keysMax + " keys, as many as it may: forget some, or begin another session"));
    }

    /** The writes of a key that the session has seen. */
    public Context seenOf(Key key) {
        return seen.getOrDefault(key, Context.EMPTY);
    }

    /** Takes note of what the session has been shown of a key. */
    public void saw(Key key, Context context) {
        seen.merge(key, context, Context::join);
    }

    /** From now on the session promises nothing of what it has seen of that key. */
    public void forget(Key key) {
        seen.remove(key);
    }

    /**
     * All that the session has seen, for {@link #decode}.
     *
     * <pre>
     * session = format(1) count { key(bytes) context(bytes) } check(8)
     * </pre>
     */
    public Bytes encode() {
        ByteWriter out = new ByteWriter().int8(FORMAT).varint(seen.size());
        seen.forEach((key, context) -> out.bytes(key.encoded()).bytes(ContextCodec.bytes(context)));
        Bytes body = out.toBytes();
        return new ByteWriter(body.length() + Long.BYTES)
                .raw(body)
                .int64(Hash.of(body))
                .toBytes();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedException when it is damaged, or follows more keys than this one may
     */
    public static SessionTokens decode(Bytes encoded, int keysMax) {
        int length = encoded.length() - Long.BYTES;
        if (length < 0) {
            throw new MalformedException("shorter than any session");
        }
        ByteReader whole = new ByteReader(encoded);
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) whole.int8();
        }
        if (whole.int64() != Hash.of(Bytes.wrap(body))) {
            throw new MalformedException("damaged");
        }
        return read(new ByteReader(Bytes.wrap(body)), keysMax);
    }

    private static SessionTokens read(ByteReader in, int keysMax) {
        if (in.int8() != FORMAT) {
            throw new MalformedException("unknown format of a session");
        }
        SessionTokens tokens = new SessionTokens(keysMax);
        int count = in.count(ENTRY_BYTES_MIN);
        if (count > keysMax) {
            throw new MalformedException("more keys than a session may follow");
        }
        for (int i = 0; i < count; i++) {
            Key key = Key.decode(in.bytes());
            tokens.saw(key, ContextCodec.fromBytes(in.bytes()));
        }
        in.expectEnd();
        return tokens;
    }
}
