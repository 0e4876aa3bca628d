package io.quorate.coordinator.wire.codec;

import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ReplicaReply;
import java.io.IOException;

/** The CBOR forms of {@link ReplicaReply}; tags 1 to 31. */
final class ReplicaReplyCodec {
    private static final int STAMPED = 1;
    private static final int DURABLE = 2;
    private static final int FETCHED = 3;
    private static final int LISTED = 4;
    private static final int STAMPED_ALL = 5;
    private static final int FETCHED_GROUP = 6;

    private ReplicaReplyCodec() {}

    static void write(ReplicaReply reply, CborWriter out) throws IOException {
        if (reply instanceof ReplicaReply.Stamped stamped) {
            out.begin(4).number(STAMPED);
            writeFields(stamped, out);
            out.end();
        } else if (reply instanceof ReplicaReply.Durable) {
            out.begin(1).number(DURABLE).end();
        } else if (reply instanceof ReplicaReply.Fetched fetched) {
            out.begin(4).number(FETCHED).number(fetched.digest());
            out.bytes(fetched.siblings()).flag(fetched.digestOnly()).end();
        } else if (reply instanceof ReplicaReply.Listed listed) {
            out.begin(4).number(LISTED);
            ValuesCodec.writeTexts(listed.names(), out);
            out.bytes(listed.last()).flag(listed.more()).end();
        } else if (reply instanceof ReplicaReply.StampedAll all) {
            out.begin(2).number(STAMPED_ALL).begin(all.all().size());
            for (ReplicaReply.Stamped stamped : all.all()) {
                out.begin(3);
                writeFields(stamped, out);
                out.end();
            }
            out.end().end();
        } else if (reply instanceof ReplicaReply.FetchedGroup group) {
            out.begin(2).number(FETCHED_GROUP).begin(2 * group.states().size());
            for (ReplicaReply.State state : group.states()) {
                ValuesCodec.write(state.key(), out);
                out.bytes(state.siblings());
            }
            out.end().end();
        } else {
            throw new IllegalStateException("no form for " + reply.getClass());
        }
    }

    static ReplicaReply read(int tag, CborReader in) throws IOException {
        return switch (tag) {
            case STAMPED -> stamped(in);
            case DURABLE -> new ReplicaReply.Durable();
            case FETCHED -> new ReplicaReply.Fetched(in.number(), in.bytes(), in.flag());
            case LISTED -> new ReplicaReply.Listed(ValuesCodec.texts(in), in.bytes(), in.flag());
            case STAMPED_ALL ->
                new ReplicaReply.StampedAll(in.list(each -> {
                    each.begin();
                    ReplicaReply.Stamped stamped = stamped(each);
                    each.end();
                    return stamped;
                }));
            case FETCHED_GROUP ->
                new ReplicaReply.FetchedGroup(
                        in.list(each -> new ReplicaReply.State(ValuesCodec.key(each), each.bytes())));
            default -> throw new MalformedException("unknown tag of a reply: " + tag);
        };
    }

    private static void writeFields(ReplicaReply.Stamped stamped, CborWriter out) throws IOException {
        ValuesCodec.write(stamped.dot(), out);
        out.bytes(stamped.siblings()).number(stamped.versions());
    }

    private static ReplicaReply.Stamped stamped(CborReader in) throws IOException {
        return new ReplicaReply.Stamped(ValuesCodec.dot(in), in.bytes(), in.count());
    }
}
