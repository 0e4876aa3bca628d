package io.quorate.coordinator.wire;

import io.vertx.core.buffer.Buffer;

/** Where what a socket brings lies while it is read. All sockets of an endpoint have it in turn: none reads while another does. */
final class ReadBuffer {
    private byte[] bytes = new byte[8 << 10];

    /** The data, from the first byte of the array on, until the next call. */
    byte[] fill(Buffer data) {
        if (bytes.length < data.length()) {
            bytes = new byte[Math.max(data.length(), 2 * bytes.length)];
        }
        data.getBytes(bytes);
        return bytes;
    }
}
