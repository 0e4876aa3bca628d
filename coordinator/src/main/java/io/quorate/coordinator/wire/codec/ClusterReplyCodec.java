package io.quorate.coordinator.wire.codec;

import io.quorate.core.cluster.Copying;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ClusterReply;
import java.io.IOException;
import java.util.Optional;

/** The CBOR forms of {@link ClusterReply}; tags from {@value #FIRST_TAG} to 63. */
final class ClusterReplyCodec {
    static final int FIRST_TAG = 32;

    private static final int ALIVE = FIRST_TAG;
    private static final int BUCKETS = FIRST_TAG + 1;
    private static final int DESCRIBED = FIRST_TAG + 2;
    private static final int OWED = FIRST_TAG + 3;
    private static final int HORIZONS = FIRST_TAG + 4;

    private static final int MEMBER_TABLES = FIRST_TAG + 5;
    private static final int REACHED = FIRST_TAG + 6;
    private static final int INVITED = FIRST_TAG + 7;

    private ClusterReplyCodec() {}

    static void write(ClusterReply reply, int version, CborWriter out) throws IOException {
        if (reply instanceof ClusterReply.Alive alive) {
            out.begin(8).number(ALIVE);
            ValuesCodec.write(alive.actor(), out);
            out.flag(alive.serving()).number(alive.bucketsDigest());
            out.number(alive.membersDigest());
            Copying copying = alive.copying();
            out.number(copying.ring()).number(copying.begunMillis());
            out.number(copying.partitions()).end();
        } else if (reply instanceof ClusterReply.MemberTables tables) {
            out.begin(2).number(MEMBER_TABLES);
            ValuesCodec.write(tables.table(), out);
            out.end();
        } else if (reply instanceof ClusterReply.Buckets buckets) {
            out.begin(2).number(BUCKETS);
            ValuesCodec.write(buckets.table(), version, out);
            out.end();
        } else if (reply instanceof ClusterReply.Described described) {
            out.begin(5).number(DESCRIBED);
            ValuesCodec.write(described.members(), out);
            ValuesCodec.writeProperties(Optional.of(ValuesCodec.known(described.defaults(), version)), out);
            ValuesCodec.write(described.buckets(), version, out);
            ValuesCodec.writeTexts(described.reachable(), out);
            out.end();
        } else if (reply instanceof ClusterReply.Horizons horizons) {
            out.begin(2).number(HORIZONS);
            ValuesCodec.writeHorizons(horizons.byPartition(), out);
            out.end();
        } else if (reply instanceof ClusterReply.Reached reached) {
            out.begin(2).number(REACHED).flag(reached.answered()).end();
        } else if (reply instanceof ClusterReply.Invited invited) {
            out.begin(2).number(INVITED).text(invited.node()).end();
        } else if (reply instanceof ClusterReply.Owed owed) {
            out.begin(2).number(OWED);
            ValuesCodec.write(owed.debts(), out);
            out.end();
        } else {
            throw new IllegalStateException("no form for " + reply.getClass());
        }
    }

    /** An older sender does not tell. */
    private static Copying copying(CborReader in) throws IOException {
        return in.isMore() ? new Copying(in.number(), in.number(), in.count()) : Copying.NONE;
    }

    static ClusterReply read(int tag, CborReader in) throws IOException {
        return switch (tag) {
            case ALIVE ->
                new ClusterReply.Alive(ValuesCodec.actor(in), in.flag(), in.number(), in.number(), copying(in));
            case MEMBER_TABLES -> new ClusterReply.MemberTables(ValuesCodec.memberTable(in));
            case BUCKETS -> new ClusterReply.Buckets(ValuesCodec.bucketTable(in));
            case DESCRIBED ->
                new ClusterReply.Described(
                        ValuesCodec.memberTable(in),
                        ValuesCodec.properties(in).orElseThrow(() -> new MalformedException("no default properties")),
                        ValuesCodec.bucketTable(in),
                        ValuesCodec.texts(in));
            case HORIZONS -> new ClusterReply.Horizons(ValuesCodec.horizons(in));
            case REACHED -> new ClusterReply.Reached(in.flag());
            case INVITED -> new ClusterReply.Invited(in.text());
            case OWED -> new ClusterReply.Owed(ValuesCodec.counts(in));
            default -> throw new MalformedException("unknown tag of a reply: " + tag);
        };
    }
}
