package io.quorate.node.storage.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.mapdb.DataInput2;

/** Bytes of the index's file, which is mapped into memory. */
final class MappedBytes {
    private MappedBytes() {}

    /** Takes the next bytes. MapDB's own way makes a second view of the buffer for each, an eighth of what the index allocated. */
    static byte[] read(DataInput2 in, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer mapped = in.internalByteBuffer();
        if (mapped == null) {
            in.readFully(bytes);
        } else {
            mapped.get(in.getPos(), bytes);
            in.setPos(in.getPos() + length);
        }
        return bytes;
    }
}
