package io.quorate.node.cli.client;

import java.nio.ByteBuffer;

/** A request that can be written out for any node. */
@FunctionalInterface
public interface Message {
    /** The request's bytes, ready to be read; the buffer is the receiver's until the answer is there. */
    ByteBuffer bytes(Endpoint to);
}
