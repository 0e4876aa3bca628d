package io.quorate.node.storage.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksum of all files here: CRC32C, which processors compute by themselves. */
final class Checksum {
    private Checksum() {}

    /** Of the first bytes of the buffer, wherever it stands. */
    static int of(ByteBuffer bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().clear().limit(length));
        return (int) crc.getValue();
    }
}
