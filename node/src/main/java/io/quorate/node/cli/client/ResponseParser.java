package io.quorate.node.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts an answer together from the pieces in which it arrives. */
final class ResponseParser {
    private enum Phase {
        HEAD,
        COUNTED,
        CHUNKED,
        UNTIL_CLOSED,
        COMPLETE
    }

    private static final int HEAD_BYTES_MAX = 64 << 10;

    private final Response response = new Response();
    private final Chunks chunks = new Chunks();
    private byte[] head = new byte[1024];
    private int headLength;
    private long bodyLeft;
    private Phase phase = Phase.HEAD;

    Response response() {
        return response;
    }

    /** Makes ready for the next answer. */
    void reset() {
        response.body.clear();
        response.head = ResponseHead.NONE;
        chunks.reset();
        headLength = 0;
        phase = Phase.HEAD;
    }

    /** Whether anything of the answer has come. */
    boolean hasBegun() {
        return headLength > 0;
    }

    /** Takes what has come, up to the answer's end; tells whether it is complete. */
    boolean feed(ByteBuffer in) throws IOException {
        while (in.hasRemaining() && phase != Phase.COMPLETE) {
            switch (phase) {
                case HEAD -> head(in);
                case COUNTED -> counted(in);
                case CHUNKED -> phase = chunks.feed(in, response.body) ? Phase.COMPLETE : Phase.CHUNKED;
                default -> response.body.add(in, in.remaining());
            }
        }
        return phase == Phase.COMPLETE;
    }

    /** The other side closed: the end of an answer that does not tell its length, else its loss. */
    void end() throws IOException {
        if (phase != Phase.UNTIL_CLOSED) {
            throw new EOFException("the connection was closed");
        }
        phase = Phase.COMPLETE;
    }

    private void head(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            if (headLength == head.length) {
                grow();
            }
            byte next = in.get();
            head[headLength++] = next;
            if (next == '\n' && isEmptyLine()) {
                headEnded();
                return;
            }
        }
    }

    private boolean isEmptyLine() {
        return (headLength >= 4 && head[headLength - 2] == '\r' && head[headLength - 3] == '\n')
                || (headLength >= 2 && head[headLength - 2] == '\n');
    }

    private void headEnded() throws IOException {
        ResponseHead parsed = ResponseHead.parse(head, headLength);
        if (parsed.isInterim()) {
            headLength = 0;
            return;
        }
        response.head = parsed;
        bodyLeft = parsed.length();
        if (parsed.chunked()) {
            phase = Phase.CHUNKED;
        } else if (!parsed.hasBody()) {
            phase = Phase.COMPLETE;
        } else {
            phase = parsed.length() < 0 ? Phase.UNTIL_CLOSED : Phase.COUNTED;
        }
    }

    private void counted(ByteBuffer in) throws IOException {
        int count = (int) Math.min(bodyLeft, in.remaining());
        response.body.add(in, count);
        bodyLeft -= count;
        phase = bodyLeft == 0 ? Phase.COMPLETE : Phase.COUNTED;
    }

    private void grow() throws IOException {
        if (head.length >= HEAD_BYTES_MAX) {
            throw new IOException("an answer with a head of more than " + HEAD_BYTES_MAX + " bytes");
        }
        head = Arrays.copyOf(head, 2 * head.length);
    }
}
