package io.quorate.coordinator.wire.codec;

import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.RequestId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The CBOR forms of {@link ReplicaRequest}; tags 1 to 31. */
final class ReplicaRequestCodec {
    private static final int STAMP = 1;
    private static final int MERGE = 2;
    private static final int FETCH = 3;
    private static final int LIST_KEYS = 4;
    private static final int OWE = 5;
    private static final int PATCH = 6;
    private static final int STAMP_ALL = 7;
    private static final int MERGE_ALL = 8;
    private static final int FETCH_GROUP = 9;

    private ReplicaRequestCodec() {}

    static void write(ReplicaRequest request, int version, CborWriter out) throws IOException {
        if (request instanceof ReplicaRequest.Stamp stamp) {
            out.begin(11).number(STAMP);
            ValuesCodec.write(stamp.key(), out);
            out.bytes(ContextCodec.bytes(stamp.seen())).optionalBytes(stamp.value());
            ValuesCodec.write(stamp.request(), out);
            out.flag(stamp.idempotent()).number(stamp.n());
            ConflictRule conflict = ValuesCodec.known(stamp.conflict(), version);
            ValuesCodec.write(conflict.policy(), out);
            ValuesCodec.writeTexts(stamp.owedTo(), out);
            ValuesCodec.writeTexts(conflict.ranking(), out);
            out.number(stamp.ttlMillis()).end();
        } else if (request instanceof ReplicaRequest.Patch patch) {
            out.begin(9).number(PATCH);
            ValuesCodec.write(patch.key(), out);
            out.bytes(patch.operations()).bytes(patch.known());
            ValuesCodec.write(patch.request(), out);
            out.flag(patch.idempotent()).number(patch.n());
            ValuesCodec.writeTexts(patch.owedTo(), out);
            out.number(patch.ttlMillis()).end();
        } else if (request instanceof ReplicaRequest.Merge merge) {
            out.begin(4).number(MERGE);
            ValuesCodec.write(merge.key(), out);
            out.bytes(merge.siblings());
            ValuesCodec.writeTexts(merge.owedTo(), out);
            out.end();
        } else if (request instanceof ReplicaRequest.Owe owe) {
            out.begin(3).number(OWE);
            ValuesCodec.write(owe.key(), out);
            ValuesCodec.writeTexts(owe.targets(), out);
            out.end();
        } else if (request instanceof ReplicaRequest.Fetch fetch) {
            out.begin(3).number(FETCH);
            ValuesCodec.write(fetch.key(), out);
            out.number(fetch.wholeBytesMax()).end();
        } else if (request instanceof ReplicaRequest.ListKeys list) {
            out.begin(5).number(LIST_KEYS).number(list.partition());
            out.text(list.bucket()).bytes(list.after()).number(list.limit()).end();
        } else if (request instanceof ReplicaRequest.StampAll all) {
            writeAll(STAMP_ALL, all.stamps(), version, out);
        } else if (request instanceof ReplicaRequest.MergeAll all) {
            writeAll(MERGE_ALL, all.merges(), version, out);
        } else if (request instanceof ReplicaRequest.FetchGroup fetch) {
            out.begin(3).number(FETCH_GROUP);
            out.text(fetch.group().bucket()).text(fetch.group().tag()).end();
        } else {
            throw new IllegalStateException("no form for " + request.getClass());
        }
    }

    /** A message of messages, each in its own form. */
    private static void writeAll(int tag, List<? extends ReplicaRequest> parts, int version, CborWriter out)
            throws IOException {
        out.begin(2).number(tag).begin(parts.size());
        for (ReplicaRequest part : parts) {
            write(part, version, out);
        }
        out.end().end();
    }

    private static <T extends ReplicaRequest> List<T> readAll(Class<T> kind, CborReader in) throws IOException {
        return in.list(each -> {
            each.begin();
            ReplicaRequest part = read(each.count(), each);
            each.end();
            if (!kind.isInstance(part)) {
                throw new MalformedException("a message where it cannot be a part");
            }
            return kind.cast(part);
        });
    }

    static ReplicaRequest read(int tag, CborReader in) throws IOException {
        return switch (tag) {
            case STAMP -> stamp(in);
            case PATCH -> patch(in);
            case MERGE -> new ReplicaRequest.Merge(ValuesCodec.key(in), in.bytes(), ValuesCodec.texts(in));
            case OWE -> new ReplicaRequest.Owe(ValuesCodec.key(in), ValuesCodec.texts(in));
            case FETCH -> new ReplicaRequest.Fetch(ValuesCodec.key(in), in.count());
            case LIST_KEYS -> new ReplicaRequest.ListKeys(in.count(), in.text(), in.bytes(), in.count());
            case STAMP_ALL -> new ReplicaRequest.StampAll(readAll(ReplicaRequest.Stamp.class, in));
            case MERGE_ALL -> new ReplicaRequest.MergeAll(readAll(ReplicaRequest.Merge.class, in));
            case FETCH_GROUP -> new ReplicaRequest.FetchGroup(new Group(in.text(), in.text()));
            default -> throw new MalformedException("unknown tag of a request: " + tag);
        };
    }

    private static ReplicaRequest.Stamp stamp(CborReader in) throws IOException {
        Key key = ValuesCodec.key(in);
        Context seen = ContextCodec.fromBytes(in.bytes());
        Optional<Bytes> value = in.optionalBytes();
        RequestId request = ValuesCodec.requestId(in);
        boolean idempotent = in.flag();
        int n = in.count();
        ConflictPolicy policy = ValuesCodec.conflictPolicy(in);
        List<String> owedTo = ValuesCodec.texts(in);
        ConflictRule conflict = new ConflictRule(policy, ValuesCodec.ranking(in));
        return new ReplicaRequest.Stamp(
                key, seen, value, ValuesCodec.ttlMillis(in), request, idempotent, n, conflict, owedTo);
    }

    private static ReplicaRequest.Patch patch(CborReader in) throws IOException {
        Key key = ValuesCodec.key(in);
        Bytes operations = in.bytes();
        Bytes known = in.bytes();
        RequestId request = ValuesCodec.requestId(in);
        boolean idempotent = in.flag();
        int n = in.count();
        List<String> owedTo = ValuesCodec.texts(in);
        return new ReplicaRequest.Patch(
                key, operations, known, ValuesCodec.ttlMillis(in), request, idempotent, n, owedTo);
    }
}
