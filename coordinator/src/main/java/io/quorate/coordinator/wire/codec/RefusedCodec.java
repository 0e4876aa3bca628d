package io.quorate.coordinator.wire.codec;

import io.quorate.core.message.Refused;
import java.io.IOException;
import java.util.List;

/** The CBOR form of {@link Refused}; tag {@value #TAG}. */
final class RefusedCodec {
    static final int TAG = 64;

    private static final List<Refused.Reason> REASONS = List.of(Refused.Reason.values());

    private RefusedCodec() {}

    static void write(Refused refused, CborWriter out) throws IOException {
        out.begin(3).number(TAG).word(REASONS, refused.reason());
        out.text(refused.detail()).end();
    }

    static Refused read(CborReader in) throws IOException {
        return new Refused(in.word(REASONS), in.text());
    }
}
