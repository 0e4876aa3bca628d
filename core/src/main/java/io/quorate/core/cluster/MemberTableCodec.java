package io.quorate.core.cluster;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The binary form of a {@link MemberTable}, on disk and between nodes.
 *
 * <pre>
 * table = format(1) cluster(utf8) partitions(varint) count { id(utf8) seat claim }
 * seat  = slot(utf8) zone(utf8) weight(varint) store(utf8) standing(utf8) epoch(8)
 * claim = peer(utf8) http(utf8) store(utf8) serving(1) trouble(utf8) ring(8) copied(8) stated(8)
 * </pre>
 */
public final class MemberTableCodec {
    private static final int FORMAT = 1;
    private static final int ENTRY_BYTES_MIN = 43;

    private MemberTableCodec() {}

    public static Bytes encode(MemberTable table) {
        ByteWriter out = new ByteWriter(512)
                .int8(FORMAT)
                .utf8(table.cluster())
                .varint(table.partitions())
                .varint(table.entries().size());
        table.stream().forEach(entry -> {
            out.utf8(entry.id());
            write(out, entry.seat());
            write(out, entry.claim());
        });
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedException when the bytes are not a whole table
     */
    public static MemberTable decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.int8() != FORMAT) {
            throw new MalformedException("unknown format of a member table");
        }
        String cluster = in.utf8();
        int partitions = in.varint();
        if (partitions < 1 || Integer.bitCount(partitions) != 1) {
            throw new MalformedException("not a number of partitions: " + partitions);
        }
        int count = in.count(ENTRY_BYTES_MIN);
        SortedMap<String, MemberEntry> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String id = in.utf8();
            if (!entries.isEmpty() && entries.lastKey().compareTo(id) >= 0) {
                throw new MalformedException("members out of order");
            }
            entries.put(id, new MemberEntry(id, seat(in), claim(in)));
        }
        in.expectEnd();
        return new MemberTable(cluster, partitions, entries);
    }

    static void write(ByteWriter out, Seat seat) {
        out.utf8(seat.slot()).utf8(seat.zone()).varint(seat.weight()).utf8(seat.store());
        out.utf8(seat.standing().label()).int64(seat.epoch());
    }

    private static void write(ByteWriter out, Claim claim) {
        out.utf8(claim.peer()).utf8(claim.http()).utf8(claim.store());
        out.int8(claim.serving() ? 1 : 0).utf8(claim.trouble());
        out.int64(claim.ring()).int64(claim.copied()).int64(claim.stated());
    }

    private static Seat seat(ByteReader in) {
        String slot = in.utf8();
        String zone = in.utf8();
        int weight = in.varint();
        String store = in.utf8();
        Standing standing =
                Standing.parse(in.utf8()).orElseThrow(() -> new MalformedException("unknown standing of a member"));
        if (weight < 1) {
            throw new MalformedException("not a member's weight: " + weight);
        }
        return new Seat(slot, zone, weight, store, standing, in.int64());
    }

    private static Claim claim(ByteReader in) {
        return new Claim(in.utf8(), in.utf8(), in.utf8(), flag(in), in.utf8(), in.int64(), in.int64(), in.int64());
    }

    private static boolean flag(ByteReader in) {
        int value = in.int8();
        if (value > 1) {
            throw new MalformedException("not a flag: " + value);
        }
        return value == 1;
    }
}
