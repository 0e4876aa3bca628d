package io.quorate.coordinator.wire.codec;

import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.version.ContextCodec;
import java.io.IOException;

/** The CBOR forms of {@link ReplicaRequest}; tags 1 to 31. */
final class ReplicaRequestCodec {
    private static final int STAMP = 1;
    private static final int MERGE = 2;
    private static final int FETCH = 3;
    private static final int LIST_KEYS = 4;
    private static final int OWE = 5;

    private ReplicaRequestCodec() {}

    static void write(ReplicaRequest request, CborWriter out) throws IOException {
        if (request instanceof ReplicaRequest.Stamp stamp) {
            out.begin(9).number(STAMP);
            ValuesCodec.write(stamp.key(), out);
            out.bytes(ContextCodec.bytes(stamp.seen())).optionalBytes(stamp.value());
            ValuesCodec.write(stamp.request(), out);
            out.flag(stamp.idempotent()).number(stamp.n());
            ValuesCodec.write(stamp.conflict(), out);
            ValuesCodec.writeTexts(stamp.owedTo(), out);
            out.end();
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
        } else {
            throw new IllegalStateException("no form for " + request.getClass());
        }
    }

    static ReplicaRequest read(int tag, CborReader in) throws IOException {
        return switch (tag) {
            case STAMP ->
                new ReplicaRequest.Stamp(
                        ValuesCodec.key(in),
                        ContextCodec.fromBytes(in.bytes()),
                        in.optionalBytes(),
                        ValuesCodec.requestId(in),
                        in.flag(),
                        in.count(),
                        ValuesCodec.conflictPolicy(in),
                        ValuesCodec.texts(in));
            case MERGE -> new ReplicaRequest.Merge(ValuesCodec.key(in), in.bytes(), ValuesCodec.texts(in));
            case OWE -> new ReplicaRequest.Owe(ValuesCodec.key(in), ValuesCodec.texts(in));
            case FETCH -> new ReplicaRequest.Fetch(ValuesCodec.key(in), in.count());
            case LIST_KEYS -> new ReplicaRequest.ListKeys(in.count(), in.text(), in.bytes(), in.count());
            default -> throw new MalformedException("unknown tag of a request: " + tag);
        };
    }
}
