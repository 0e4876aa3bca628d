package io.quorate.coordinator;

import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.conflict.PatchJson;
import io.quorate.coordinator.operation.SessionTokens;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.datatype.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Requests that make sense one after the other, at whatever r and w and through whatever nodes: a read shows what the session wrote and
 * never less than it has shown before, and a write replaces what the session has seen of its key, and nothing else.
 *
 * <p>A read of which nobody in reach knows enough fails with {@link io.quorate.coordinator.api.Failure.AtLeastNotReached}. What is
 * promised holds between requests of which one was answered before the other was made. Safe for use by any number of threads.
 */
public final class Session {
    /** Each takes some hundred bytes. */
    static final int KEYS_MAX = 10_000;

    private final Quorate quorate;
    /** Used on the coordinator's loop alone. */
    private final SessionTokens tokens;

    Session(Quorate quorate, SessionTokens tokens) {
        this.quorate = quorate;
        this.tokens = tokens;
    }

    static SessionTokens tokens(String exported) {
        try {
            return SessionTokens.decode(Bytes.wrap(Base64.getUrlDecoder().decode(exported)), KEYS_MAX);
        } catch (MalformedException e) {
            throw new IllegalArgumentException("not what a session exported: " + e.getMessage(), e);
        }
    }

    public CompletableFuture<ReadAnswer> get(String bucket, String key) {
        return get(bucket, key, ReadOptions.DEFAULT);
    }

    public CompletableFuture<ReadAnswer> get(String bucket, String key, ReadOptions options) {
        return quorate.ask((node, done) -> tokens.get(node, Key.of(bucket, key), options, done));
    }

    public CompletableFuture<WriteAnswer> put(String bucket, String key, String json) {
        return put(bucket, key, json, WriteOptions.DEFAULT);
    }

    /** As {@link Quorate#put(String, String, String, WriteOptions)}; the context is the session's. */
    public CompletableFuture<WriteAnswer> put(String bucket, String key, String json, WriteOptions options) {
        Bytes value = Quorate.value(json);
        return quorate.ask((node, done) -> tokens.put(node, Key.of(bucket, key), value, options, done));
    }

    /** As {@link Quorate#patch}; it acts on at least what the session has seen. */
    public CompletableFuture<PatchAnswer> patch(String bucket, String key, String operations, WriteOptions options) {
        List<Operation> read = PatchJson.operations(operations.getBytes(StandardCharsets.UTF_8));
        return quorate.ask((node, done) -> tokens.patch(node, Key.of(bucket, key), read, options, done));
    }

    public CompletableFuture<WriteAnswer> delete(String bucket, String key, WriteOptions options) {
        return quorate.ask((node, done) -> tokens.delete(node, Key.of(bucket, key), options, done));
    }

    /** Makes room for another key; of this one nothing is promised any more. */
    public CompletableFuture<Void> forget(String bucket, String key) {
        Key forgotten = Key.of(bucket, key);
        return quorate.onLoop(() -> {
            tokens.forget(forgotten);
            return null;
        });
    }

    /** All that the session has seen, for {@link Quorate#session(String)} anywhere else. */
    public CompletableFuture<String> export() {
        return quorate.onLoop(() -> Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(tokens.encode().array()));
    }
}
