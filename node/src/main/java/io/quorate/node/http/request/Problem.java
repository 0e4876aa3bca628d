package io.quorate.node.http.request;

import io.quorate.node.http.json.JsonFault;
import io.quorate.node.http.json.JsonOut;
import java.util.function.Consumer;

/**
 * An answer that says why not.
 *
 * @param code for programs
 * @param message for people: one sentence that says what to do
 * @param details writes further fields of the error object
 */
public record Problem(int status, String code, String message, Consumer<JsonOut> details) {
    public Problem(int status, String code, String message) {
        this(status, code, message, json -> {});
    }

    public static Problem invalidParameter(String message) {
        return new Problem(400, "invalid_parameter", message);
    }

    public static Problem invalidQuorum(String message) {
        return new Problem(400, "invalid_quorum", message);
    }

    public static Problem invalidContext(String message) {
        return new Problem(400, "invalid_context", message);
    }

    public static Problem invalidKey(String message) {
        return new Problem(400, "invalid_key", message);
    }

    public static Problem invalidJson(JsonFault fault) {
        String message = "The body must be one JSON value; at line " + fault.line() + ", column " + fault.column()
                + " there is " + fault.reason() + ".";
        return new Problem(
                400,
                "invalid_json",
                message,
                json -> json.field("line", fault.line()).field("column", fault.column()));
    }

    public static Problem unsupportedMediaType(String message) {
        return new Problem(415, "unsupported_media_type", message);
    }

    public static Problem keyTooLong(String message) {
        return new Problem(414, "key_too_long", message);
    }

    public static Problem notFound(String message) {
        return new Problem(404, "not_found", message);
    }

    public static Problem overloaded(String message) {
        return new Problem(429, "overloaded", message);
    }

    public Problem with(Consumer<JsonOut> more) {
        return new Problem(status, code, message, details.andThen(more));
    }
}
