package io.quorate.benchmark;

import io.quorate.node.http.json.JsonFault;
import io.quorate.node.http.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The check that every value which a client sends goes through. */
@State(Scope.Thread)
public class JsonBenchmark {
    /** Of about a hundred bytes each. */
    @Param({"1", "10"})
    public int documents;

    private byte[] text;

    /** Makes a list of documents. */
    @Setup
    public void prepare() {
        String document = SampleStates.VALUE.toUtf8();
        text = ("[" + String.join(",", Collections.nCopies(documents, document)) + "]")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Optional<JsonFault> check() {
        return JsonText.fault(text);
    }
}
