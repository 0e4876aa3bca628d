package io.quorate.endtoend;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The HTTP API of one node. */
final class NodeApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String NOTHING = "";

    private final HttpClient http;
    private final String endpoint;

    /** The API at {@code host:port}. */
    NodeApi(HttpClient http, String endpoint) {
        this.http = http;
        this.endpoint = endpoint;
    }

    /** The path of a key, whatever it is made of. */
    static String path(String bucket, String key) {
        return "/kv/" + bucket + "/" + encoded(key);
    }

    static String inspectPath(String bucket, String key) {
        return "/inspect/" + bucket + "/" + encoded(key);
    }

    Answer get(String path) {
        return send("GET", path, NOTHING);
    }

    Answer put(String path, String value, String... headers) {
        return send("PUT", path, value, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, NOTHING, headers);
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param headers names and values in turn
     */
    Answer send(String method, String path, String body, String... headers) {
        return sendAsync(method, path, body, headers).join();
    }

    /** Sends a request; completes exceptionally when the node is gone. */
    CompletableFuture<Answer> sendAsync(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + endpoint + path))
                .timeout(TIMEOUT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), response.headers(), response.body()));
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
