package io.quorate.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;

/** What a node answered to one request. */
record Answer(int status, HttpHeaders headers, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    JsonNode json() {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    JsonNode error() {
        return json().path("error");
    }

    /** Empty when the answer is no error. */
    String code() {
        return error().path("code").asText();
    }

    String context() {
        return headers.firstValue("Quorate-Context").orElseThrow();
    }

    /** The name of the write that was made, or read. */
    String dot() {
        return json().path("version").path("dot").asText();
    }

    /** The text of a field as it stands in the answer, not as a parser would print it. */
    String raw(String field) {
        return RawField.of(text, field);
    }

    @Override
    public String toString() {
        return status + " " + text;
    }
}
