package io.quorate.coordinator.wire.codec;

import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.ExchangeRequest.AskReaping;
import io.quorate.core.message.ExchangeRequest.CompareNodes;
import io.quorate.core.message.ExchangeRequest.CompareRoots;
import io.quorate.core.message.ExchangeRequest.FetchState;
import io.quorate.core.message.ExchangeRequest.ListEntries;
import io.quorate.core.message.ExchangeRequest.NodeHash;
import io.quorate.core.message.ExchangeRequest.Reap;
import io.quorate.core.message.ExchangeRequest.Release;
import io.quorate.core.message.ExchangeRequest.Vouch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The CBOR forms of {@link ExchangeRequest}; tags from {@value #FIRST_TAG}. Lists are flat: most of a round is its roots. */
final class ExchangeRequestCodec {
    static final int FIRST_TAG = 96;

    private static final int COMPARE_ROOTS = FIRST_TAG;
    private static final int COMPARE_NODES = FIRST_TAG + 1;
    private static final int LIST_ENTRIES = FIRST_TAG + 2;
    private static final int RELEASE = FIRST_TAG + 3;
    private static final int VOUCH = FIRST_TAG + 4;
    private static final int REAP = FIRST_TAG + 5;
    private static final int ASK_REAPING = FIRST_TAG + 6;
    private static final int FETCH_STATE = FIRST_TAG + 7;

    private ExchangeRequestCodec() {}

    static void write(ExchangeRequest request, CborWriter out) throws IOException {
        // Long forms have methods of their own: in one, all were compiled anew as a restoration went on.
        if (request instanceof CompareRoots compare) {
            write(compare, out);
        } else if (request instanceof CompareNodes compare) {
            write(compare, out);
        } else if (request instanceof ListEntries list) {
            write(list, out);
        } else if (request instanceof Release release) {
            out.begin(3).number(RELEASE);
            ValuesCodec.write(release.tree(), out);
            out.end();
        } else if (request instanceof Vouch vouch) {
            out.begin(3).number(VOUCH).number(vouch.ring());
            out.number(vouch.partition()).end();
        } else if (request instanceof Reap reap) {
            write(reap, out);
        } else if (request instanceof FetchState fetch) {
            out.begin(2).number(FETCH_STATE);
            ValuesCodec.write(fetch.key(), out);
            out.end();
        } else if (request instanceof AskReaping ask) {
            out.begin(2).number(ASK_REAPING).number(ask.partition()).end();
        } else {
            throw new IllegalStateException("no form for " + request.getClass());
        }
    }

    private static void write(CompareRoots compare, CborWriter out) throws IOException {
        out.begin(4).number(COMPARE_ROOTS).number(compare.ring());
        ValuesCodec.writeRoots(compare.roots(), out);
        ValuesCodec.writeNumbers(compare.empty(), out);
        out.end();
    }

    private static void write(CompareNodes compare, CborWriter out) throws IOException {
        out.begin(6).number(COMPARE_NODES);
        ValuesCodec.write(compare.tree(), out);
        out.number(compare.level()).begin(2 * compare.nodes().size());
        for (NodeHash node : compare.nodes()) {
            out.number(node.index()).number(node.hash());
        }
        out.end().flag(compare.claim()).end();
    }

    private static void write(ListEntries list, CborWriter out) throws IOException {
        out.begin(6).number(LIST_ENTRIES);
        ValuesCodec.write(list.tree(), out);
        ValuesCodec.writeNumbers(list.leaves(), out);
        out.bytes(list.after()).number(list.limit()).end();
    }

    private static void write(Reap reap, CborWriter out) throws IOException {
        out.begin(4).number(REAP).number(reap.partition()).number(reap.horizon());
        ValuesCodec.writeDigests(reap.tombstones(), out);
        out.end();
    }

    static ExchangeRequest read(int tag, CborReader in) throws IOException {
        return switch (tag) {
            case COMPARE_ROOTS -> new CompareRoots(in.number(), ValuesCodec.roots(in), in.list(CborReader::count));
            case COMPARE_NODES -> new CompareNodes(ValuesCodec.treeId(in), in.count(), nodes(in), in.flag());
            case LIST_ENTRIES ->
                new ListEntries(ValuesCodec.treeId(in), in.list(CborReader::count), in.bytes(), in.count());
            case VOUCH -> new Vouch(in.number(), in.count());
            case REAP -> new Reap(in.count(), in.number(), ValuesCodec.digests(in));
            case FETCH_STATE -> new FetchState(ValuesCodec.key(in));
            case ASK_REAPING -> new AskReaping(in.count());
            case RELEASE -> new Release(ValuesCodec.treeId(in));
            default -> throw new MalformedException("unknown tag of a request: " + tag);
        };
    }

    private static List<NodeHash> nodes(CborReader in) throws IOException {
        List<NodeHash> nodes = new ArrayList<>();
        in.each(() -> nodes.add(new NodeHash(in.count(), in.number())));
        return nodes;
    }
}
