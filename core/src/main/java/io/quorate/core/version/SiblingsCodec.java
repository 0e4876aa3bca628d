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
 *                      format 1, and 1 more where anything expires, and 2 more where anything has ancestors
 * actors   = count { node(utf8) incarnation(8) }        every actor named below, sorted
 * vector   = count { dot }       cloud = count { dot }
 * dot      = actor(varint, index) counter(8)
 * siblings = count { dot request(16) kind(1) [expires(8)] [value(bytes) [ancestors]] }     expires: milliseconds since 1970
 * ancestors = count { count { request(16) dot } value(bytes) }       of each value, in formats 3 and 4
 * receipts = count { request(16) dot }
 * </pre>
 */
public final class SiblingsCodec {
    private static final int FORMAT = 1;
    private static final int WITH_EXPIRY = 1;
    private static final int WITH_ANCESTORS = 2;
    private static final int FORMAT_MAX = FORMAT + WITH_EXPIRY + WITH_ANCESTORS;
    private static final int TOMBSTONE = 0;
    private static final int VALUE = 1;
    private static final int EXPIRED = 2;
    private static final int EXPIRING = 3;
    private static final int DOT_BYTES_MIN = 9;
    private static final int REQUEST_BYTES = 16;

    private SiblingsCodec() {}

    /** Whether anything in an encoded state expires, or has expired: known without decoding it. */
    public static boolean mayExpire(Bytes encoded) {
        return encoded.length() > 0 && ((encoded.at(0) - FORMAT) & WITH_EXPIRY) != 0;
    }

    public static Bytes encode(Siblings siblings) {
        ActorTable actors = ActorTable.of(siblings);
        int format = format(siblings.versions());
        ByteWriter out = new ByteWriter(length(siblings, actors, hasAncestors(format)));
        out.int8(format).varint(siblings.n());
        actors.write(out);
        ContextCodec.write(out, siblings.context(), actors);
        out.varint(siblings.versions().size());
        for (Sibling sibling : siblings.versions()) {
            actors.writeDot(out, sibling.dot());
            writeRequest(out, sibling.request());
            writeValue(out, sibling);
            if (sibling.value().isPresent() && hasAncestors(format)) {
                writeAncestors(out, sibling.ancestors(), actors);
            }
        }
        out.varint(siblings.receipts().size());
        for (Receipt receipt : siblings.receipts()) {
            writeRequest(out, receipt.request());
            actors.writeDot(out, receipt.dot());
        }
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote, and nothing else: what it accepts, {@code encode} gives back byte for byte. The values are views
     * of the bytes.
     *
     * @throws MalformedException when the bytes are not a whole state
     */
    public static Siblings decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = readFormat(in);
        int n = in.varint();
        ActorTable actors = ActorTable.read(in);
        Context context = ContextCodec.read(in, actors);
        List<Sibling> versions = readVersions(in, actors, context, hasAncestors(format));
        if (format != format(versions)) {
            throw new MalformedException("another format than its versions ask for");
        }
        List<Receipt> receipts = readReceipts(in, actors);
        actors.expectAllNamed();
        in.expectEnd();
        return new Siblings(context, versions, receipts, n);
    }

    /**
     * What the client of a write has seen once this state is the answer to it: what it had seen before, and that one dot.
     *
     * <p>If the write left no other version, it has seen all that is seen here: whatever was dropped had been seen by something
     * that the client had seen. The two claims are equal then, and this one does not grow with every write that a client chains.
     * It is told without reading the version itself.
     *
     * @throws MalformedException when so much of the state is not well-formed
     */
    public static Context seenAfter(Bytes state, Context seenBefore, Dot written) {
        ByteReader in = new ByteReader(state);
        readFormat(in);
        in.varint();
        ActorTable actors = ActorTable.read(in);
        Context context = ContextCodec.read(in, actors);
        boolean alone = in.varint() == 1 && actors.readDot(in).equals(written);
        return alone ? context : seenBefore.withDot(written);
    }

    private static int readFormat(ByteReader in) {
        int format = in.int8();
        if (format < FORMAT || format > FORMAT_MAX) {
            throw new MalformedException("unknown format of a key's state");
        }
        return format;
    }

    private static List<Receipt> readReceipts(ByteReader in, ActorTable actors) {
        int count = in.count(REQUEST_BYTES + DOT_BYTES_MIN);
        if (count == 0) {
            return List.of();
        }
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

    private static List<Sibling> readVersions(ByteReader in, ActorTable actors, Context context, boolean ancestors) {
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
            Sibling version = readVersion(in, dot, readRequest(in));
            versions.add(
                    ancestors && version.value().isPresent()
                            ? version.withAncestors(readAncestors(in, actors))
                            : version);
        }
        return versions;
    }

    private static Sibling readVersion(ByteReader in, Dot dot, RequestId request) {
        return switch (in.int8()) {
            case TOMBSTONE -> new Sibling(dot, request, Optional.empty());
            case VALUE -> new Sibling(dot, request, Optional.of(in.view()));
            case EXPIRED -> readExpiry(in, dot, request).expired();
            case EXPIRING -> readExpiry(in, dot, request).withValue(in.view());
            default -> throw new MalformedException("unknown kind of version");
        };
    }

    private static List<Ancestor> readAncestors(ByteReader in, ActorTable actors) {
        int count = in.count(REQUEST_BYTES + DOT_BYTES_MIN);
        if (count > Ancestor.KEPT_MAX) {
            throw new MalformedException("too many ancestors");
        }
        List<Ancestor> ancestors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int writeCount = in.count(REQUEST_BYTES + DOT_BYTES_MIN);
            List<Receipt> writes = new ArrayList<>(writeCount);
            for (int j = 0; j < writeCount; j++) {
                RequestId request = readRequest(in);
                Receipt write = new Receipt(request, actors.readDot(in));
                if (j > 0 && writes.get(j - 1).dot().compareTo(write.dot()) >= 0) {
                    throw new MalformedException("writes of an ancestor out of order");
                }
                writes.add(write);
            }
            if (writes.isEmpty()) {
                throw new MalformedException("an ancestor that nobody wrote");
            }
            ancestors.add(new Ancestor(writes, in.view()));
        }
        return ancestors;
    }

    private static void writeAncestors(ByteWriter out, List<Ancestor> ancestors, ActorTable actors) {
        out.varint(ancestors.size());
        for (Ancestor ancestor : ancestors) {
            out.varint(ancestor.writes().size());
            for (Receipt write : ancestor.writes()) {
                writeRequest(out, write.request());
                actors.writeDot(out, write.dot());
            }
            out.bytes(ancestor.value());
        }
    }

    private static Sibling readExpiry(ByteReader in, Dot dot, RequestId request) {
        long expiresMillis = in.int64();
        if (expiresMillis <= 0 || expiresMillis == Sibling.NEVER) {
            throw new MalformedException("an expiry at no time");
        }
        return new Sibling(dot, request, Optional.empty(), expiresMillis);
    }

    private static void writeValue(ByteWriter out, Sibling sibling) {
        if (sibling.expiresMillis() == Sibling.NEVER) {
            out.int8(sibling.isTombstone() ? TOMBSTONE : VALUE);
        } else {
            out.int8(sibling.isTombstone() ? EXPIRED : EXPIRING).int64(sibling.expiresMillis());
        }
        sibling.value().ifPresent(out::bytes);
    }

    private static int format(List<Sibling> versions) {
        int features = 0;
        for (Sibling version : versions) {
            features |= version.expiresMillis() == Sibling.NEVER ? 0 : WITH_EXPIRY;
            features |= version.ancestors().isEmpty() ? 0 : WITH_ANCESTORS;
        }
        return FORMAT + features;
    }

    private static boolean hasAncestors(int format) {
        return ((format - FORMAT) & WITH_ANCESTORS) != 0;
    }

    private static void writeRequest(ByteWriter out, RequestId request) {
        out.int64(request.high()).int64(request.low());
    }

    private static RequestId readRequest(ByteReader in) {
        return new RequestId(in.int64(), in.int64());
    }

    /** How long the form is, where no count is above 127: then it is written to an array of its own length, and not copied again. */
    private static int length(Siblings siblings, ActorTable actors, boolean ancestors) {
        Context context = siblings.context();
        int dots = context.vector().entries().size() + context.cloud().size();
        int length = 7 + actors.length() + dots * DOT_BYTES_MIN;
        for (Sibling sibling : siblings.versions()) {
            length += DOT_BYTES_MIN + REQUEST_BYTES + 1 + (sibling.expiresMillis() == Sibling.NEVER ? 0 : Long.BYTES);
            if (sibling.value().isPresent()) {
                length += ByteWriter.lengthOf(sibling.value().get()) + (ancestors ? length(sibling.ancestors()) : 0);
            }
        }
        return length + siblings.receipts().size() * (REQUEST_BYTES + DOT_BYTES_MIN);
    }

    private static int length(List<Ancestor> ancestors) {
        int length = 1;
        for (Ancestor ancestor : ancestors) {
            int writes = ancestor.writes().size() * (REQUEST_BYTES + DOT_BYTES_MIN);
            length += 1 + writes + ByteWriter.lengthOf(ancestor.value());
        }
        return length;
    }
}
