package io.quorate.benchmark;

import io.quorate.node.storage.Durability;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A write to a store, until it is acknowledged; {@value OpenStore#TOGETHER} at a time. */
@State(Scope.Thread)
public class AppendBenchmark {
    @Param({"GROUP", "INTERVAL"})
    public Durability durability;

    private OpenStore store;

    @Setup
    public void open() throws IOException {
        store = new OpenStore(durability, 64L << 20);
    }

    @TearDown
    public void close() throws IOException {
        store.close();
    }

    @Benchmark
    @OperationsPerInvocation(OpenStore.TOGETHER)
    public void append() {
        store.putTogether();
    }
}
