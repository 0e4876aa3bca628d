package io.quorate.core.version;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The binary form of {@link Siblings}, in storage and between nodes. Equal states have equal bytes, so a hash of them compares
 * replicas, values included.
 *
 * <pre>
 * state    = format(1) n(varint) actors vector cloud siblings receipts
 * actors   = count { node(utf8) incarnation(8) }        every actor named below, sorted
 * vector   = count { dot }       cloud = count { dot }
 * dot      = actor(varint, index) counter(8)
 * siblings = count { dot request(16) kind(1) [value(bytes)] }
 * receipts = count { request(16) dot }
 * </pre>
 */
public final class SiblingsCodec {
    private static final int FORMAT = 1;
    private static final int TOMBSTONE = 0;
    private static final int VALUE = 1;
    private static final int DOT_BYTES_MIN = 9;
    private static final int REQUEST_BYTES = 16;

    private SiblingsCodec() {}

    public static Bytes encode(Siblings siblings) {
        ActorTable actors = ActorTable.of(siblings);
        ByteWriter out = new ByteWriter(sizeHint(siblings));
        out.int8(FORMAT).varint(siblings.n());
        actors.write(out);
        ContextCodec.write(out, siblings.context(), actors);
        out.varint(siblings.versions().size());
        for (Sibling sibling : siblings.versions()) {
            actors.writeDot(out, sibling.dot());
            writeRequest(out, sibling.request());
            out.int8(sibling.isTombstone() ? TOMBSTONE : VALUE);
            sibling.value().ifPresent(out::bytes);
        }
        out.varint(siblings.receipts().size());
        for (Receipt receipt : siblings.receipts()) {
            writeRequest(out, receipt.request());
            actors.writeDot(out, receipt.dot());
        }
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote, and nothing else: what it accepts, {@code encode} gives back byte for byte.
     *
     * @throws MalformedException when the bytes are not a whole state
     */
    public static Siblings decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.int8() != FORMAT) {
            throw new MalformedException("unknown format of a key's state");
        }
        int n = in.varint();
        ActorTable actors = ActorTable.read(in);
        Context context = ContextCodec.read(in, actors);
        List<Sibling> versions = readVersions(in, actors, context);
        List<Receipt> receipts = readReceipts(in, actors);
        actors.expectAllNamed();
        in.expectEnd();
        return new Siblings(context, versions, receipts, n);
    }

    private static List<Receipt> readReceipts(ByteReader in, ActorTable actors) {
        int count = in.count(REQUEST_BYTES + DOT_BYTES_MIN);
        if (count > Siblings.RECEIPTS_MAX) {
            throw new MalformedException("too many receipts");
        }
        List<Receipt> receipts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            RequestId request = readRequest(in);
            Receipt receipt = new Receipt(request, actors.readDot(in));
            if (i > 0 && Siblings.LATEST_FIRST.compare(receipts.get(i - 1), receipt) >= 0) {
                throw new MalformedException("receipts out of order");
            }
            receipts.add(receipt);
        }
        return receipts;
    }

    private static List<Sibling> readVersions(ByteReader in, ActorTable actors, Context context) {
        int count = in.count(DOT_BYTES_MIN + REQUEST_BYTES + 1);
        List<Sibling> versions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Dot dot = actors.readDot(in);
            if (!context.covers(dot)) {
                throw new MalformedException("a version outside its own context");
            }
            if (i > 0 && versions.get(i - 1).dot().compareTo(dot) >= 0) {
                throw new MalformedException("versions out of order");
            }
            versions.add(new Sibling(dot, readRequest(in), readValue(in)));
        }
        return versions;
    }

    private static Optional<Bytes> readValue(ByteReader in) {
        return switch (in.int8()) {
            case TOMBSTONE -> Optional.empty();
            case VALUE -> Optional.of(in.bytes());
            default -> throw new MalformedException("unknown kind of version");
        };
    }

    private static void writeRequest(ByteWriter out, RequestId request) {
        out.int64(request.high()).int64(request.low());
    }

    private static RequestId readRequest(ByteReader in) {
        return new RequestId(in.int64(), in.int64());
    }

    private static int sizeHint(Siblings siblings) {
        int size = 96;
        for (Sibling sibling : siblings.versions()) {
            size += 40 + sibling.value().map(Bytes::length).orElse(0);
        }
        return size;
    }
}
