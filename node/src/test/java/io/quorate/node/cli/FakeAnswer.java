package io.quorate.node.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a {@link FakeNode} answers. */
record FakeAnswer(int status, String body, Optional<String> context) {
    static final String RING = "{\"epoch\":1,\"partitions\":{\"0\":[\"n1\",\"n2\"]}}";
    static final String INSPECTION =
            "{\"bucket\":\"b\",\"agree\":true,\"replicas\":[{\"node\":\"n1\",\"state\":\"value\",\"versions\":[]}]}";

    private static final int PAGE = 10;

    FakeAnswer(int status, String body) {
        this(status, body, Optional.empty());
    }

    static FakeAnswer error(int status, String code, String message) {
        return new FakeAnswer(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }

    static FakeAnswer read(String key, List<FakeStore.Version> versions) {
        if (versions.stream().allMatch(version -> version.value().isEmpty())) {
            return error(404, "not_found", "no value");
        }
        String context = FakeStore.context(versions);
        String content = versions.size() == 1
                ? "\"value\":" + versions.get(0).text()
                : versions.stream().map(FakeAnswer::sibling).collect(Collectors.joining(", ", "\"siblings\":[", "]"));
        return new FakeAnswer(
                versions.size() == 1 ? 200 : 300,
                "{\"key\":" + quoted(key) + "," + content + " ,\"context\":\"" + context + "\"}",
                Optional.of(context));
    }

    static FakeAnswer written(String key, FakeStore.Written written) {
        String acks = "\"quorum\":{\"n\":3,\"w\":2,\"acks\":[{\"node\":\"n1\"},{\"node\":\"n4\",\"hint_for\":\"n2\"}]}";
        return new FakeAnswer(
                200,
                "{\"key\":" + quoted(key) + ",\"context\":\"" + written.context() + "\"," + acks
                        + (written.siblings() ? ",\"siblings\":true}" : "}"),
                Optional.of(written.context()));
    }

    static FakeAnswer page(FakeStore store, String bucket, String query) {
        String after = query.contains("after=") ? query.replaceFirst(".*after=([^&]*).*", "$1") : "";
        List<String> keys = store.keys(bucket, after, PAGE);
        String next = keys.size() < PAGE ? "" : ",\"next\":" + quoted(keys.get(PAGE - 1));
        String list = keys.stream().map(FakeAnswer::quoted).collect(Collectors.joining(",", "[", "]"));
        return new FakeAnswer(200, "{\"keys\":" + list + next + "}");
    }

    /** Of a node that spends 10 µs and 3 KiB on each request. */
    static String metrics(int requests) {
        return """
                # TYPE process_cpu_seconds_total counter
                process_cpu_seconds_total %s
                jvm_threads_allocated_bytes_total %s
                process_resident_memory_bytes 1.048576E8
                """.formatted(requests * 1e-5, requests * 3072.0);
    }

    private static String sibling(FakeStore.Version version) {
        String what = version.value().isEmpty() ? "\"deleted\":true" : "\"value\":" + version.text();
        return "{" + what + ",\"version\":{}}";
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
