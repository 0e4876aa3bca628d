package io.quorate.node.http;

import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Gathers one request's body, and refuses it as soon as it is known to be too long. */
final class BodyReader {
    private final Exchange exchange;
    private final int bytesMax;
    private byte[] body = new byte[0];
    private int length;

    private BodyReader(Exchange exchange, int bytesMax) {
        this.exchange = exchange;
        this.bytesMax = bytesMax;
    }

    /** Reads the body; {@code done} gets all of it, or is never called because the exchange is over. */
    static void read(Exchange exchange, int bytesMax, Consumer<byte[]> done) {
        BodyReader reader = new BodyReader(exchange, bytesMax);
        reader.require(exchange.announcedBytes());
        exchange.continueIfExpected();
        exchange.request()
                .handler(chunk -> exchange.attempt(() -> reader.take(chunk)))
                .endHandler(end -> reader.finish(done))
                .exceptionHandler(gone -> exchange.abandon());
    }

    private void require(long bytes) {
        if (bytes > bytesMax) {
            throw new Refusal(new Problem(
                    413,
                    "value_too_large",
                    "The body is longer than " + bytesMax + " bytes; send less, for instance as several keys."));
        }
    }

    private void take(Buffer chunk) {
        int total = length + chunk.length();
        require(total);
        exchange.hold(chunk.length());
        if (total > body.length) {
            body = Arrays.copyOf(body, capacity(total));
        }
        chunk.getBytes(body, length);
        length = total;
    }

    /** A body that comes in one piece, as most do, gets an array of its own length. */
    private int capacity(int total) {
        return length == 0 ? total : Math.min(bytesMax, Math.max(total, 2 * body.length));
    }

    private void finish(Consumer<byte[]> done) {
        if (!exchange.isAnswered()) {
            byte[] whole = length == body.length ? body : Arrays.copyOf(body, length);
            exchange.attempt(() -> done.accept(whole));
        }
    }
}
