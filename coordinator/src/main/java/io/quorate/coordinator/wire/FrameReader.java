package io.quorate.coordinator.wire;

import io.quorate.core.codec.MalformedException;
import java.util.Arrays;

/** Cuts what a socket brings into frames. Holds at most one frame that is not whole yet, and no more of it than has arrived. */
final class FrameReader {
    private static final byte[] NOTHING = new byte[0];

    private byte[] held = NOTHING;
    private int heldLength;
    private int frameBytesMax;

    FrameReader(int frameBytesMax) {
        this.frameBytesMax = frameBytesMax;
    }

    /** From the next frame on this is the bound. */
    void setFrameBytesMax(int newFrameBytesMax) {
        frameBytesMax = newFrameBytesMax;
    }

    /**
     * Takes the next bytes, and gives every frame that is whole to {@code sink}, until that wants no more.
     *
     * @param arrivedLength how many bytes there are, from the array's first on
     * @throws MalformedException when a frame's length is out of bounds; nothing may be read after it
     */
    void read(byte[] arrived, int arrivedLength, Sink sink) {
        byte[] bytes = arrived;
        int end = arrivedLength;
        if (heldLength > 0) {
            hold(arrived, 0, end);
            bytes = held;
            end = heldLength;
        }
        int at = 0;
        while (end - at >= Frames.LENGTH_BYTES) {
            int length = checkedLength(Frames.int32(bytes, at));
            if (end - at - Frames.LENGTH_BYTES < length) {
                break;
            }
            if (!sink.onFrame(bytes, at + Frames.LENGTH_BYTES, length)) {
                return;
            }
            at += Frames.LENGTH_BYTES + length;
        }
        keep(bytes, at, end);
    }

    private int checkedLength(int length) {
        if (length < 1 || length > frameBytesMax) {
            throw new MalformedException("a frame of " + Integer.toUnsignedLong(length) + " bytes, where 1 to "
                    + frameBytesMax + " are taken");
        }
        return length;
    }

    private void keep(byte[] bytes, int from, int end) {
        if (from == end) {
            held = NOTHING;
            heldLength = 0;
        } else if (bytes == held) {
            System.arraycopy(held, from, held, 0, end - from);
            heldLength = end - from;
        } else {
            hold(bytes, from, end);
        }
    }

    private void hold(byte[] bytes, int from, int end) {
        int length = heldLength + end - from;
        if (held.length < length) {
            held = Arrays.copyOf(held, Math.max(held.length * 2, length));
        }
        System.arraycopy(bytes, from, held, heldLength, end - from);
        heldLength = length;
    }

    /** Takes frames, from kind to last byte; the bytes are only lent. */
    interface Sink {
        /** Takes one frame; false to be given no more. */
        boolean onFrame(byte[] bytes, int offset, int length);
    }
}
