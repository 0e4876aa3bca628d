package io.quorate.node.cli.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An HTTP request as a value. */
public final class Request implements Message {
    private static final byte[] NO_BODY = {};

    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;

    private Request(String method, String target, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A request without a body.
     *
     * @param target path and query, percent-encoded
     */
    public static Request of(String method, String target) {
        return new Request(method, target, Map.of(), NO_BODY);
    }

    /** A request with JSON in it. */
    public static Request of(String method, String target, byte[] json) {
        return new Request(method, target, Map.of("Content-Type", "application/json"), json);
    }

    /** The same with one more header. */
    public Request with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(method, target, more, body);
    }

    /** The same with one more header, if there is a value for it. */
    public Request with(String header, Optional<String> value) {
        return value.map(given -> with(header, given)).orElse(this);
    }

    @Override
    public ByteBuffer bytes(Endpoint to) {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: ");
        head.append(to).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0 || method.equals("PUT") || method.equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(start.length + body.length)
                .put(start)
                .put(body)
                .flip();
    }
}
