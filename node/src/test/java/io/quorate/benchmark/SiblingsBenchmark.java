package io.quorate.benchmark;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a key's state goes through: a write, a merge, storage and wire, and the client's token. */
@State(Scope.Thread)
public class SiblingsBenchmark {
    @Param({"1", "4"})
    public int versions;

    private final Key key = Key.of("users", "alice-0001");
    private Sibling written;
    private Siblings state;
    private Siblings other;
    private Bytes encoded;
    private String token;

    /** Makes two replicas' states, of which each has one version that the other lacks. */
    @Setup
    public void prepare() {
        state = SampleStates.concurrent(versions);
        written = SampleStates.version(versions);
        other = SampleStates.concurrent(versions - 1).stamp(Context.EMPTY, written, SampleStates.COPIES);
        encoded = SiblingsCodec.encode(state);
        token = ContextCodec.toToken(state.context(), key);
    }

    /** A write that replaces all versions. */
    @Benchmark
    public Siblings stamp() {
        return state.stamp(state.context(), written, SampleStates.COPIES);
    }

    @Benchmark
    public Siblings merge() {
        return state.merge(other);
    }

    @Benchmark
    public Bytes encode() {
        return SiblingsCodec.encode(state);
    }

    @Benchmark
    public Siblings decode() {
        return SiblingsCodec.decode(encoded);
    }

    @Benchmark
    public String toToken() {
        return ContextCodec.toToken(state.context(), key);
    }

    @Benchmark
    public Context fromToken() {
        return ContextCodec.fromToken(token, key);
    }
}
