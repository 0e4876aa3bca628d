package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.datatype.Journal.Entry;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.RequestId;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of a {@link TypedValue}, as the value of a sibling. It starts with a byte that no JSON text starts with.
 *
 * <pre>
 * value   = mark(1) format(1) type(1) context(bytes) journal body
 * journal = count { request(16) dot amount(8) }
 * dot     = actor(varint, place in the context) counter(8)
 * </pre>
 */
public final class TypedValueCodec {
    private static final List<DataType> TYPES = List.of(DataType.values());
    private static final int MARK = 0;
    private static final int FORMAT = 1;
    private static final int ENTRY_BYTES_MIN = 33;

    private TypedValueCodec() {}

    /** Whether a sibling's value is a typed one. */
    public static boolean isTyped(Bytes value) {
        return value.length() > 0 && value.at(0) == MARK;
    }

    public static Bytes encode(TypedValue value) {
        ByteWriter out = new ByteWriter(256);
        out.int8(MARK).int8(FORMAT).int8(TYPES.indexOf(value.type()));
        out.bytes(ContextCodec.bytes(value.seen()));
        Actors actors = Actors.of(value.seen());
        out.varint(value.journal().entries().size());
        for (Entry entry : value.journal().entries()) {
            out.int64(entry.request().high()).int64(entry.request().low());
            actors.writeDot(out, entry.dot());
            out.int64(entry.amount());
        }
        value.body().write(out, actors);
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedException when the bytes are not a whole value
     */
    public static TypedValue decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.int8() != MARK || in.int8() != FORMAT) {
            throw new MalformedException("unknown format of a typed value");
        }
        int type = in.int8();
        if (type >= TYPES.size()) {
            throw new MalformedException("unknown data type");
        }
        Context seen = ContextCodec.fromBytes(in.bytes());
        Actors actors = Actors.of(seen);
        List<Entry> journal = new ArrayList<>();
        for (int left = in.count(ENTRY_BYTES_MIN); left > 0; left--) {
            journal.add(new Entry(new RequestId(in.int64(), in.int64()), actors.readDot(in), in.int64()));
        }
        Body body = switch (TYPES.get(type)) {
            case COUNTER -> Counter.read(in, actors);
            case SET -> ElementSet.read(in, actors);
            case DOCUMENT -> Document.read(in, actors);
            case LIST -> Sequence.read(in, actors);
        };
        in.expectEnd();
        return new TypedValue(seen, new Journal(journal), body);
    }
}
