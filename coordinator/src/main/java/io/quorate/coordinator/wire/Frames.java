package io.quorate.coordinator.wire;

import io.quorate.core.codec.MalformedException;

/** The layout of frames; see the package's page. Offsets count from the kind, which follows the length. */
final class Frames {
    static final int HELLO = 1;
    static final int WELCOME = 2;
    static final int REQUEST = 3;
    static final int REPLY = 4;

    /** "QRTE": tells whoever reached this port by mistake apart from a peer. */
    static final int MAGIC = 0x51525445;

    static final int LENGTH_BYTES = 4;
    static final int HANDSHAKE_HEAD_BYTES = 1 + 4;
    static final int REQUEST_HEAD_BYTES = 1 + 8 + 4 + 8;
    static final int REPLY_HEAD_BYTES = 1 + 8;
    /** No hello or welcome comes near it. */
    static final int HANDSHAKE_BYTES_MAX = 4_096;

    private static final int ID_AT = 1;
    private static final int REMAINING_AT = 9;
    private static final int RING_AT = 13;

    private Frames() {}

    /** Refuses a frame that is not of this kind, or too short for its head. */
    static void expect(int kind, int headBytes, byte[] bytes, int offset, int length) {
        if (bytes[offset] != kind || length < headBytes) {
            throw new MalformedException(
                    "a frame of kind " + bytes[offset] + " and " + length + " bytes in place of kind " + kind);
        }
    }

    static void expectMagic(byte[] bytes, int offset) {
        if (int32(bytes, offset + 1) != MAGIC) {
            throw new MalformedException("not this protocol");
        }
    }

    static long id(byte[] bytes, int offset) {
        return int64(bytes, offset + ID_AT);
    }

    static int remainingMillis(byte[] bytes, int offset) {
        return int32(bytes, offset + REMAINING_AT);
    }

    /** The ring that a request is fenced by; zero for none. */
    static long ring(byte[] bytes, int offset) {
        return int64(bytes, offset + RING_AT);
    }

    static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }

    static long int64(byte[] bytes, int at) {
        return (long) int32(bytes, at) << 32 | (int32(bytes, at + 4) & 0xFFFF_FFFFL);
    }
}
