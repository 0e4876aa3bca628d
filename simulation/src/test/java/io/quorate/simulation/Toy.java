package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A program that does what a test tells it, answers every question with the question's number, and writes down what it hears. */
final class Toy implements Program {
    static final int TIMEOUT_MILLIS = 2_000;

    final Ports ports;
    final List<Integer> asked = new ArrayList<>();
    final List<Reply> replies = new ArrayList<>();
    private RequestHandler handler = this::echo;

    Toy(Ports ports) {
        this.ports = ports;
    }

    /** A question with a number in it. */
    static Request question(int number) {
        return new ReplicaRequest.Fetch(Key.of("toy", "k"), number);
    }

    static Reply answer(long number) {
        return new ReplicaReply.Fetched(number, Bytes.EMPTY, true);
    }

    static int numberOf(Request request) {
        return ((ReplicaRequest.Fetch) request).wholeBytesMax();
    }

    void answersWith(RequestHandler handler) {
        this.handler = handler;
    }

    boolean ask(String node, int number) {
        return ask(node, number, (from, reply) -> replies.add(reply));
    }

    boolean ask(String node, int number, ReplyHandler then) {
        return ports.transport().call(node, question(number), TIMEOUT_MILLIS, then);
    }

    void write(String key, String value, Consumer<Outcome> done) {
        ports.storage().apply(List.of(change(key, value)), done);
    }

    static Change change(String key, String value) {
        return new Change(Bytes.utf8(key), Optional.of(Bytes.utf8(value)), 3);
    }

    @Override
    public void start() {}

    @Override
    public RequestHandler requests() {
        return handler;
    }

    @Override
    public CleanStop stop() {
        return new CleanStop(7, ports.clock().realtimeMillis());
    }

    private void echo(String from, Request request, RequestHandler.Responder reply) {
        asked.add(numberOf(request));
        reply.send(answer(numberOf(request)));
    }
}
