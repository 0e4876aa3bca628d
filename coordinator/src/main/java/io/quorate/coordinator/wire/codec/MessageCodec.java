package io.quorate.coordinator.wire.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ClusterReply;
import io.quorate.core.message.ClusterRequest;
import io.quorate.core.message.ExchangeReply;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes and reads the messages of one event loop.
 *
 * <p>Reading throws nothing but {@link MalformedException}, whatever the bytes are. Writing is to buffers in memory: a failure of
 * it is a programming error.
 */
public final class MessageCodec {
    private final CBORFactory factory = CBORFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            // Half a surrogate pair becomes a question mark, instead of a message that cannot be sent.
            .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
            .build();
    private CborWriter writer = made(CborWriter::new);
    private CborReader reader = made(CborReader::new);

    /** Writes a request as this protocol version has it. */
    public void write(Request request, int version, OutputStream out) {
        write(out, request, (message, to) -> {
            if (message instanceof ReplicaRequest replica) {
                ReplicaRequestCodec.write(replica, version, to);
            } else if (message instanceof ClusterRequest cluster) {
                ClusterRequestCodec.write(cluster, version, to);
            } else {
                ExchangeRequestCodec.write((ExchangeRequest) message, to);
            }
        });
    }

    public Request readRequest(byte[] bytes, int offset, int length) {
        return read(bytes, offset, length, in -> {
            int tag = in.count();
            if (tag >= ExchangeRequestCodec.FIRST_TAG) {
                return ExchangeRequestCodec.read(tag, in);
            }
            return tag < ClusterRequestCodec.FIRST_TAG
                    ? ReplicaRequestCodec.read(tag, in)
                    : ClusterRequestCodec.read(tag, in);
        });
    }

    /** Writes a reply as this protocol version has it; {@link io.quorate.core.message.Lost} is none that can be sent. */
    public void write(Reply reply, int version, OutputStream out) {
        write(out, reply, (message, to) -> {
            if (message instanceof ReplicaReply replica) {
                ReplicaReplyCodec.write(replica, to);
            } else if (message instanceof ClusterReply cluster) {
                ClusterReplyCodec.write(cluster, version, to);
            } else if (message instanceof ExchangeReply exchange) {
                ExchangeReplyCodec.write(exchange, to);
            } else {
                RefusedCodec.write((Refused) message, to);
            }
        });
    }

    public Reply readReply(byte[] bytes, int offset, int length) {
        return read(bytes, offset, length, in -> {
            int tag = in.count();
            if (tag == RefusedCodec.TAG) {
                return RefusedCodec.read(in);
            }
            if (tag >= ExchangeReplyCodec.FIRST_TAG) {
                return ExchangeReplyCodec.read(tag, in);
            }
            return tag < ClusterReplyCodec.FIRST_TAG
                    ? ReplicaReplyCodec.read(tag, in)
                    : ClusterReplyCodec.read(tag, in);
        });
    }

    public void write(Hello hello, OutputStream out) {
        write(out, hello, HandshakeCodec::write);
    }

    public Hello readHello(byte[] bytes, int offset, int length) {
        return read(bytes, offset, length, HandshakeCodec::hello);
    }

    public void write(Welcome welcome, OutputStream out) {
        write(out, welcome, HandshakeCodec::write);
    }

    public Welcome readWelcome(byte[] bytes, int offset, int length) {
        return read(bytes, offset, length, HandshakeCodec::welcome);
    }

    private <T> void write(OutputStream out, T message, Form<T> form) {
        try {
            form.write(message, writer.to(out));
            writer.flush();
        } catch (IOException | RuntimeException e) {
            // It stopped within a message: what it wrote next would be the rest of that.
            writer = made(CborWriter::new);
            throw new IllegalArgumentException("a message that cannot be written", e);
        }
    }

    private <T> T read(byte[] bytes, int offset, int length, CborReader.Element<T> element) {
        try {
            CborReader in = reader.from(bytes, offset, length);
            in.begin();
            T message = element.read(in);
            in.end();
            if (!in.isAtEnd()) {
                throw new MalformedException("bytes left over");
            }
            return message;
        } catch (IOException | RuntimeException e) {
            // It stopped within a message: what it read next would be the rest of that.
            reader = made(CborReader::new);
            // Values refuse what they cannot be, and no parser is proof against every garbage: to a peer all this is
            // one thing.
            throw e instanceof MalformedException malformed ? malformed : new MalformedException(e.toString());
        }
    }

    private <T> T made(Maker<T> maker) {
        try {
            return maker.make(factory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a reader or a writer. */
    private interface Maker<T> {
        T make(CBORFactory factory) throws IOException;
    }

    /** How to write one family of messages. */
    private interface Form<T> {
        void write(T message, CborWriter out) throws IOException;
    }
}
