package io.quorate.core.port;

import io.quorate.core.message.Reply;

/** Takes the replies to one request. */
@FunctionalInterface
public interface ReplyHandler {
    /** Takes one reply, and who sent it. */
    void onReply(String node, Reply reply);
}
