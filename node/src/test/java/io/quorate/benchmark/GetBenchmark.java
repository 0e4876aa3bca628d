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

/** A read from a store; {@value OpenStore#TOGETHER} at a time. */
@State(Scope.Thread)
public class GetBenchmark {
    /** Room for all values, or for none: then they come from files that the operating system has in memory. */
    @Param({"64", "0"})
    public int cacheMebibytes;

    private OpenStore store;

    @Setup
    public void open() throws IOException {
        store = new OpenStore(Durability.INTERVAL, (long) cacheMebibytes << 20);
    }

    @TearDown
    public void close() throws IOException {
        store.close();
    }

    @Benchmark
    @OperationsPerInvocation(OpenStore.TOGETHER)
    public void get() {
        store.getTogether();
    }
}
