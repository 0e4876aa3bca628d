package io.quorate.node.http;

import io.quorate.core.Bytes;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What a server answered.
 *
 * @param headers by lower-case name
 */
record Answer(int status, Map<String, String> headers, Bytes body) {
    String text() {
        return body.toUtf8();
    }

    JsonObject json() {
        return new JsonObject(text());
    }

    JsonObject error() {
        return json().getJsonObject("error");
    }

    /** Empty when the answer is no error. */
    String code() {
        return status < 400 ? "" : error().getString("code");
    }

    String context() {
        return headers.get("quorate-context");
    }
}
