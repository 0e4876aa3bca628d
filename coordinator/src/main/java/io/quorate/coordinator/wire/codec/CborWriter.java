package io.quorate.coordinator.wire.codec;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.quorate.core.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes CBOR values one after the other, each message to the stream that it is given.
 *
 * <p>One generator serves all messages of a loop, because making one costs as much as writing a message.
 */
final class CborWriter {
    private final Target target = new Target();
    private final CBORGenerator generator;

    CborWriter(CBORFactory factory) throws IOException {
        generator = factory.createGenerator(target);
    }

    /** Names where the next message goes. */
    CborWriter to(OutputStream out) {
        target.out = out;
        return this;
    }

    /** Hands what was written to the stream. */
    void flush() throws IOException {
        generator.flush();
    }

    /** Opens an array; exactly {@code size} elements must follow before its {@link #end}. */
    CborWriter begin(int size) throws IOException {
        generator.writeStartArray(null, size);
        return this;
    }

    CborWriter end() throws IOException {
        generator.writeEndArray();
        return this;
    }

    CborWriter number(long value) throws IOException {
        generator.writeNumber(value);
        return this;
    }

    /** One of an enumeration's words, by its place. */
    <T> CborWriter word(List<T> all, T value) throws IOException {
        return number(all.indexOf(value));
    }

    CborWriter flag(boolean value) throws IOException {
        generator.writeBoolean(value);
        return this;
    }

    CborWriter text(String value) throws IOException {
        generator.writeString(value);
        return this;
    }

    CborWriter bytes(Bytes value) throws IOException {
        generator.writeBinary(value.array());
        return this;
    }

    CborWriter optionalText(Optional<String> value) throws IOException {
        return value.isPresent() ? text(value.get()) : absent();
    }

    CborWriter optionalBytes(Optional<Bytes> value) throws IOException {
        return value.isPresent() ? bytes(value.get()) : absent();
    }

    CborWriter absent() throws IOException {
        generator.writeNull();
        return this;
    }

    /** The stream that the generator was made with; it passes on to the message's own. */
    private static final class Target extends OutputStream {
        private OutputStream out = OutputStream.nullOutputStream();

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }
    }
}
