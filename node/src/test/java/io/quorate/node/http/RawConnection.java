package io.quorate.node.http;

import io.quorate.core.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP/1.1 connection that sends whatever it is told to, right or wrong. */
final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A request with its Content-Length, if it has a body. */
    void send(String method, String target, byte[] body, String... headers) throws IOException {
        boolean sized = body.length > 0 || method.equals("PUT");
        sendHead(method, target, sized ? "Content-Length: " + body.length : "X-Bodiless: yes", headers);
        sendBytes(body);
    }

    void sendHead(String method, String target, String firstHeader, String... headers) throws IOException {
        StringBuilder head =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: test\r\n" + firstHeader + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        sendBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    void sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Answer receive(String method) throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean bodiless = method.equals("HEAD") || status < 200;
        int length = bodiless ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer is cut short");
        }
        return new Answer(status, headers, Bytes.wrap(body));
    }

    /** Whether the server has closed the connection and nothing was left to read. */
    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
