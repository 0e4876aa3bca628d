package io.quorate.coordinator.ycsb;

import io.quorate.coordinator.Quorate;
import io.quorate.coordinator.QuorateException;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.version.Sibling;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import site.ycsb.ByteIterator;
import site.ycsb.DB;
import site.ycsb.DBException;
import site.ycsb.Status;

/**
 * One thread of YCSB, with a coordinator of its own. A table is a bucket, a record one JSON object.
 *
 * <p>An update reads the record and writes the whole with what it had seen, as an application would. A request that fails is counted
 * under the name of its failure.
 */
public final class QuorateClient extends DB {
    /** Names the peer addresses of some nodes, {@code host:port}, with commas between them. */
    public static final String SEEDS = "quorate.seeds";

    private static final String SEEDS_DEFAULT = "127.0.0.1:9101";
    private static final Comparator<Sibling> BY_TIME = Comparator.comparing(Sibling::dot, (a, b) -> a.compareByTime(b));

    private Quorate quorate;

    @Override
    public void init() throws DBException {
        try {
            quorate = Quorate.connect(
                    getProperties().getProperty(SEEDS, SEEDS_DEFAULT).split(","));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new DBException(e);
        }
    }

    @Override
    public void cleanup() {
        quorate.close();
    }

    @Override
    public Status read(String table, String key, Set<String> fields, Map<String, ByteIterator> result) {
        return status(quorate.get(table, key), read -> {
            Optional<Bytes> value = value(read);
            value.ifPresent(json -> Fields.read(json, fields, result));
            return value.isPresent() ? Status.OK : Status.NOT_FOUND;
        });
    }

    @Override
    public Status insert(String table, String key, Map<String, ByteIterator> values) {
        return status(quorate.put(table, key, Fields.write(values)), written -> Status.OK);
    }

    @Override
    public Status update(String table, String key, Map<String, ByteIterator> values) {
        return status(quorate.get(table, key), read -> {
            Map<String, ByteIterator> merged = new TreeMap<>();
            value(read).ifPresent(json -> Fields.read(json, null, merged));
            merged.putAll(values);
            return status(quorate.put(table, key, Fields.write(merged), having(read)), written -> Status.OK);
        });
    }

    @Override
    public Status delete(String table, String key) {
        return status(
                quorate.get(table, key),
                read -> status(quorate.delete(table, key, having(read)), written -> Status.OK));
    }

    /** Keys are listed in the order of their tokens, which is not the one that a scan is about. */
    @Override
    @SuppressWarnings("NonApiType") // YCSB's choice
    public Status scan(
            String table,
            String startkey,
            int recordcount,
            Set<String> fields,
            Vector<HashMap<String, ByteIterator>> result) {
        return Status.NOT_IMPLEMENTED;
    }

    private static WriteOptions having(ReadAnswer read) {
        return WriteOptions.DEFAULT.withContext(read.context());
    }

    /** Of concurrent values the latest; the next update replaces all of them. */
    private static Optional<Bytes> value(ReadAnswer read) {
        return read.versions().stream()
                .filter(version -> !version.isTombstone())
                .max(BY_TIME)
                .flatMap(Sibling::value);
    }

    private static <T> Status status(CompletableFuture<T> request, Function<T, Status> onDone) {
        T answer;
        try {
            answer = request.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof QuorateException failed) {
                return new Status(failed.failure().getClass().getSimpleName(), failed.getMessage());
            }
            throw e;
        }
        return onDone.apply(answer);
    }
}
