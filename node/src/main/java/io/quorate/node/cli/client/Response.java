package io.quorate.node.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer. It is the connection's and holds only until the next request on it. */
public final class Response {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int SIBLINGS = 300;
    private static final int SERVER_FAULT = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    final Body body = new Body();
    ResponseHead head = ResponseHead.NONE;

    /** HTTP's status. */
    public int status() {
        return head.status();
    }

    /** Whether it says what was asked for; concurrent values are an answer too. */
    public boolean isDone() {
        return status() == OK || status() == SIBLINGS;
    }

    /** Whether the same request may fare better a little later, or elsewhere. */
    public boolean isPassing() {
        return status() >= SERVER_FAULT || status() == TOO_MANY_REQUESTS;
    }

    /** The token of what was seen, which a write can name. */
    public Optional<String> context() {
        return head.context();
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.copy();
    }

    /** The body as text. */
    public String text() {
        return new String(body.copy(), StandardCharsets.UTF_8);
    }

    /** Whether these bytes occur in the body. */
    public boolean contains(byte[] bytes) {
        return body.contains(bytes);
    }

    /** How often these bytes occur in the body, none of them twice. */
    public int count(byte[] bytes) {
        return body.count(bytes);
    }

    /** The code of an error; empty when it has none. */
    public String code() {
        return error().path("code").asText();
    }

    /** What an error says: its code and its sentence. */
    public String reason() {
        String code = code();
        return code.isEmpty()
                ? "the node answers " + status()
                : code + ": " + error().path("message").asText();
    }

    private JsonNode error() {
        try {
            return JSON.readTree(body()).path("error");
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }
}
