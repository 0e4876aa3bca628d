package io.quorate.coordinator.wire.codec;

import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ClusterRequest;
import java.io.IOException;

/** The CBOR forms of {@link ClusterRequest}; tags from {@value #FIRST_TAG} to 63. */
final class ClusterRequestCodec {
    static final int FIRST_TAG = 32;

    private static final int HEARTBEAT = FIRST_TAG;
    private static final int SHARE_BUCKETS = FIRST_TAG + 1;
    private static final int DESCRIBE = FIRST_TAG + 2;
    private static final int ASK_OWED = FIRST_TAG + 3;
    private static final int ASK_HORIZONS = FIRST_TAG + 4;

    private static final int SHARE_MEMBERS = FIRST_TAG + 5;
    private static final int PROBE_FOR = FIRST_TAG + 6;
    private static final int JOIN = FIRST_TAG + 7;
    private static final int INVITE = FIRST_TAG + 8;

    private ClusterRequestCodec() {}

    static void write(ClusterRequest request, int version, CborWriter out) throws IOException {
        if (request instanceof ClusterRequest.Heartbeat heartbeat) {
            out.begin(5).number(HEARTBEAT);
            ValuesCodec.write(heartbeat.actor(), out);
            out.flag(heartbeat.serving()).number(heartbeat.bucketsDigest());
            out.number(heartbeat.membersDigest()).end();
        } else if (request instanceof ClusterRequest.ShareMembers share) {
            out.begin(2).number(SHARE_MEMBERS);
            ValuesCodec.write(share.table(), out);
            out.end();
        } else if (request instanceof ClusterRequest.ShareBuckets share) {
            out.begin(2).number(SHARE_BUCKETS);
            ValuesCodec.write(share.table(), version, out);
            out.end();
        } else if (request instanceof ClusterRequest.ProbeFor probe) {
            out.begin(2).number(PROBE_FOR).text(probe.target()).end();
        } else if (request instanceof ClusterRequest.Join join) {
            out.begin(2).number(JOIN);
            ValuesCodec.write(join.wish(), out);
            out.end();
        } else if (request instanceof ClusterRequest.Invite invite) {
            out.begin(3).number(INVITE);
            ValuesCodec.writeTexts(invite.seeds(), out);
            out.text(invite.slot()).end();
        } else if (request instanceof ClusterRequest.Describe) {
            out.begin(1).number(DESCRIBE).end();
        } else if (request instanceof ClusterRequest.AskOwed) {
            out.begin(1).number(ASK_OWED).end();
        } else if (request instanceof ClusterRequest.AskHorizons) {
            out.begin(1).number(ASK_HORIZONS).end();
        } else {
            throw new IllegalStateException("no form for " + request.getClass());
        }
    }

    static ClusterRequest read(int tag, CborReader in) throws IOException {
        return switch (tag) {
            case HEARTBEAT -> new ClusterRequest.Heartbeat(ValuesCodec.actor(in), in.flag(), in.number(), in.number());
            case SHARE_MEMBERS -> new ClusterRequest.ShareMembers(ValuesCodec.memberTable(in));
            case SHARE_BUCKETS -> new ClusterRequest.ShareBuckets(ValuesCodec.bucketTable(in));
            case PROBE_FOR -> new ClusterRequest.ProbeFor(in.text());
            case JOIN -> new ClusterRequest.Join(ValuesCodec.memberTable(in));
            case INVITE -> new ClusterRequest.Invite(ValuesCodec.texts(in), in.text());
            case DESCRIBE -> new ClusterRequest.Describe();
            case ASK_HORIZONS -> new ClusterRequest.AskHorizons();
            case ASK_OWED -> new ClusterRequest.AskOwed();
            default -> throw new MalformedException("unknown tag of a request: " + tag);
        };
    }
}
