package io.quorate.core.cluster;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.BucketTable.Setting;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The binary form of a {@link BucketTable}, on disk and between nodes.
 *
 * <pre>
 * table   = format(3) count { bucket(utf8) node(utf8) incarnation(8) counter(8) set(1) [properties] }
 * properties = n(varint) r(utf8) w(utf8) sloppy(1) conflict(utf8) count { ranked(utf8) } ttl(utf8, empty for none)
 * </pre>
 *
 * <p>Older formats are read too: in format 1 the properties end with the conflict, in format 2 with the ranking.
 */
public final class BucketTableCodec {
    private static final int FORMAT = 3;
    private static final int FORMAT_WITHOUT_RANKING = 1;
    private static final int FORMAT_WITHOUT_TTL = 2;
    private static final int SETTING_BYTES_MIN = 19;

    private BucketTableCodec() {}

    public static Bytes encode(BucketTable table) {
        ByteWriter out = new ByteWriter().int8(FORMAT).varint(table.settings().size());
        table.settings().forEach((bucket, setting) -> {
            out.utf8(bucket)
                    .utf8(setting.dot().actor().node())
                    .int64(setting.dot().actor().incarnation())
                    .int64(setting.dot().counter())
                    .int8(setting.properties().isPresent() ? 1 : 0);
            setting.properties().ifPresent(properties -> write(out, properties));
        });
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedException when the bytes are not a whole table
     */
    public static BucketTable decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.int8();
        if (format < FORMAT_WITHOUT_RANKING || format > FORMAT) {
            throw new MalformedException("unknown format of a bucket table");
        }
        BucketTable table = BucketTable.EMPTY;
        int count = in.count(SETTING_BYTES_MIN);
        for (int i = 0; i < count; i++) {
            String bucket = in.utf8();
            Dot dot = new Dot(new Actor(in.utf8(), in.int64()), in.int64());
            Optional<BucketProperties> properties = in.int8() == 1 ? Optional.of(read(in, format)) : Optional.empty();
            table = table.with(bucket, new Setting(dot, properties));
        }
        in.expectEnd();
        return table;
    }

    private static void write(ByteWriter out, BucketProperties properties) {
        out.varint(properties.n())
                .utf8(properties.r().label())
                .utf8(properties.w().label())
                .int8(properties.sloppy() ? 1 : 0)
                .utf8(properties.conflict().policy().label())
                .varint(properties.conflict().ranking().size());
        properties.conflict().ranking().forEach(out::utf8);
        out.utf8(properties.ttl().map(Ttl::label).orElse(""));
    }

    private static BucketProperties read(ByteReader in, int format) {
        return new BucketProperties(
                in.varint(), quorum(in), quorum(in), in.int8() == 1, conflict(in, format), ttl(in, format));
    }

    private static Optional<Ttl> ttl(ByteReader in, int format) {
        String label = format <= FORMAT_WITHOUT_TTL ? "" : in.utf8();
        if (label.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Ttl.parse(label).orElseThrow(() -> new MalformedException("not a time to live")));
    }

    private static Quorum quorum(ByteReader in) {
        return Quorum.parse(in.utf8()).orElseThrow(() -> new MalformedException("unknown quorum"));
    }

    private static ConflictRule conflict(ByteReader in, int format) {
        ConflictPolicy policy =
                ConflictPolicy.parse(in.utf8()).orElseThrow(() -> new MalformedException("unknown conflict policy"));
        List<String> ranking = new ArrayList<>();
        int ranked = format == FORMAT_WITHOUT_RANKING ? 0 : in.count(1);
        for (int i = 0; i < ranked; i++) {
            ranking.add(in.utf8());
        }
        return new ConflictRule(policy, ranking);
    }
}
