package io.quorate.benchmark;

import io.quorate.coordinator.wire.codec.MessageCodec;
import io.quorate.coordinator.wire.codec.Versions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is said of one write between a coordinator and a replica, in its form on the wire. */
@State(Scope.Thread)
public class MessageBenchmark {
    private static final int VERSION = Versions.SPOKEN.newest();

    private final MessageCodec codec = new MessageCodec();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Stamp request;
    private Stamped reply;
    private byte[] requestBytes;
    private byte[] replyBytes;

    /** Makes the write of a client that had read the key, and the answer to it. */
    @Setup
    public void prepare() {
        Siblings state = SampleStates.concurrent(1);
        Bytes value = SampleStates.VALUE;
        request = new Stamp(
                Key.of("users", "alice-0001"),
                state.context(),
                Optional.of(value),
                0,
                state.versions().get(0).request(),
                false,
                SampleStates.COPIES,
                ConflictRule.SIBLINGS,
                List.of());
        reply = new Stamped(state.versions().get(0).dot(), SiblingsCodec.encode(state), 1);
        encodeRequest();
        requestBytes = out.toByteArray();
        encodeReply();
        replyBytes = out.toByteArray();
    }

    @Benchmark
    public int encodeRequest() {
        out.reset();
        codec.write(request, VERSION, out);
        return out.size();
    }

    @Benchmark
    public Request decodeRequest() {
        return codec.readRequest(requestBytes, 0, requestBytes.length);
    }

    @Benchmark
    public int encodeReply() {
        out.reset();
        codec.write(reply, VERSION, out);
        return out.size();
    }

    @Benchmark
    public Reply decodeReply() {
        return codec.readReply(replyBytes, 0, replyBytes.length);
    }
}
