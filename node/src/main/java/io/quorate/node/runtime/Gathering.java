package io.quorate.node.runtime;

import io.quorate.core.message.Reply;
import io.quorate.core.port.RequestHandler.Responder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes one answer of those of several shards, once all have come. Lives on the loop that asked. */
final class Gathering {
    private final List<Reply> replies = new ArrayList<>();
    private final int expected;
    private final Function<List<Reply>, Reply> join;
    private final Responder whole;

    Gathering(int expected, Function<List<Reply>, Reply> join, Responder whole) {
        this.expected = expected;
        this.join = join;
        this.whole = whole;
    }

    void add(Reply reply) {
        replies.add(reply);
        if (replies.size() == expected) {
            whole.send(join.apply(replies));
        }
    }
}
