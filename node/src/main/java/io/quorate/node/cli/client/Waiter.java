package io.quorate.node.cli.client;

import java.io.IOException;

/** Who waits for an answer. Exactly one of both is called, once, by the thread that drives the {@link Reactor}. */
public interface Waiter {
    /** The answer, which holds until the next request on the same connection. */
    void answered(Response response);

    /** No answer will come; whether the request was done is not known, unless nothing could be reached. */
    void failed(IOException reason);
}
