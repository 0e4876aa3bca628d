package io.quorate.benchmark;

import io.quorate.core.Key;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import io.quorate.core.ring.Ring;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a key's name to its token and its preference list. */
@State(Scope.Thread)
public class RingBenchmark {
    private static final int KEYS = 1024;

    private final Ring ring = Ring.of(new Members(
            "benchmark",
            1024,
            1,
            IntStream.range(0, 5)
                    .mapToObj(i -> new Member("node-" + i, "", "", "", 1))
                    .toList()));
    private final String[] names =
            IntStream.range(0, KEYS).mapToObj(i -> "alice-" + i).toArray(String[]::new);
    private final String[] taggedNames =
            IntStream.range(0, KEYS).mapToObj(i -> "{alice}-" + i).toArray(String[]::new);
    private final Key[] keys =
            IntStream.range(0, KEYS).mapToObj(i -> Key.of("users", names[i])).toArray(Key[]::new);
    private int next;

    @Benchmark
    public Key token() {
        return Key.of("users", names[next()]);
    }

    @Benchmark
    public Key tokenOfTaggedKey() {
        return Key.of("users", taggedNames[next()]);
    }

    @Benchmark
    public List<String> preferenceList() {
        return ring.preference(ring.partitionOf(keys[next()]));
    }

    private int next() {
        next = (next + 1) % KEYS;
        return next;
    }
}
