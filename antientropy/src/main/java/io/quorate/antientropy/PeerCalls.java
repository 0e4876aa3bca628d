package io.quorate.antientropy;

import io.quorate.core.message.Lost;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Scheduler.Timer;
import io.quorate.core.port.Transport;
import java.util.function.Consumer;

/** Asks one peer, and always hears something: its answer, or {@link Lost} when there is none in time. */
public final class PeerCalls {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final Scheduler scheduler;
    private final Transport transport;
    private final String peer;

    public PeerCalls(Scheduler scheduler, Transport transport, String peer) {
        this.scheduler = scheduler;
        this.transport = transport;
        this.peer = peer;
    }

    /** Asks; {@code done} runs once, and never within this call. */
    public void ask(Request request, Consumer<Reply> done) {
        Answer answer = new Answer(done);
        answer.timer = scheduler.schedule(TIMEOUT_MILLIS, () -> answer.come(new Lost()));
        if (!transport.call(peer, request, TIMEOUT_MILLIS, (from, reply) -> answer.come(reply))) {
            // Soon, and not within this call: whoever asks in a loop must not sink into it.
            scheduler.execute(() -> answer.come(new Lost()));
        }
    }

    /** Sends what is not answered. */
    void tell(Request request) {
        transport.call(peer, request, TIMEOUT_MILLIS, (from, reply) -> {});
    }

    /** Takes the first reply and no other. */
    private static final class Answer {
        private final Consumer<Reply> done;
        private Timer timer;
        private boolean came;

        Answer(Consumer<Reply> done) {
            this.done = done;
        }

        void come(Reply reply) {
            if (!came) {
                came = true;
                timer.cancel();
                done.accept(reply);
            }
        }
    }
}
