package io.quorate.coordinator.wire.codec;

import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ExchangeReply;
import io.quorate.core.message.ExchangeReply.Entries;
import io.quorate.core.message.ExchangeReply.NodesDiffer;
import io.quorate.core.message.ExchangeReply.Reaped;
import io.quorate.core.message.ExchangeReply.ReapingBlocked;
import io.quorate.core.message.ExchangeReply.TreesDiffer;
import io.quorate.core.message.ExchangeReply.Vouched;
import io.quorate.core.message.TreeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The CBOR forms of {@link ExchangeReply}; tags from {@value #FIRST_TAG}. */
final class ExchangeReplyCodec {
    static final int FIRST_TAG = 96;

    private static final int TREES_DIFFER = FIRST_TAG;
    private static final int NODES_DIFFER = FIRST_TAG + 1;
    private static final int ENTRIES = FIRST_TAG + 2;
    private static final int VOUCHED = FIRST_TAG + 3;
    private static final int REAPED = FIRST_TAG + 4;
    private static final int REAPING_BLOCKED = FIRST_TAG + 5;

    private ExchangeReplyCodec() {}

    static void write(ExchangeReply reply, CborWriter out) throws IOException {
        if (reply instanceof TreesDiffer differ) {
            out.begin(2).number(TREES_DIFFER).begin(2 * differ.trees().size());
            for (TreeId tree : differ.trees()) {
                ValuesCodec.write(tree, out);
            }
            out.end().end();
        } else if (reply instanceof NodesDiffer differ) {
            out.begin(2).number(NODES_DIFFER);
            ValuesCodec.writeNumbers(differ.indices(), out);
            out.end();
        } else if (reply instanceof Entries entries) {
            out.begin(3).number(ENTRIES);
            ValuesCodec.writeDigests(entries.entries(), out);
            out.flag(entries.more()).end();
        } else if (reply instanceof Vouched vouched) {
            out.begin(3).number(VOUCHED);
            ValuesCodec.writeRoots(vouched.roots(), out);
            out.flag(vouched.owes()).end();
        } else if (reply instanceof Reaped) {
            out.begin(1).number(REAPED).end();
        } else if (reply instanceof ReapingBlocked blocked) {
            out.begin(2).number(REAPING_BLOCKED);
            ValuesCodec.writeTexts(blocked.reasons(), out);
            out.end();
        } else {
            throw new IllegalStateException("no form for " + reply.getClass());
        }
    }

    static ExchangeReply read(int tag, CborReader in) throws IOException {
        return switch (tag) {
            case TREES_DIFFER -> {
                List<TreeId> trees = new ArrayList<>();
                in.each(() -> trees.add(ValuesCodec.treeId(in)));
                yield new TreesDiffer(trees);
            }
            case NODES_DIFFER -> new NodesDiffer(in.list(CborReader::count));
            case ENTRIES -> new Entries(ValuesCodec.digests(in), in.flag());
            case VOUCHED -> new Vouched(ValuesCodec.roots(in), in.flag());
            case REAPED -> new Reaped();
            case REAPING_BLOCKED -> new ReapingBlocked(ValuesCodec.texts(in));
            default -> throw new MalformedException("unknown tag of a reply: " + tag);
        };
    }
}
