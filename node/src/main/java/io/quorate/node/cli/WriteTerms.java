package io.quorate.node.cli;

import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Target;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a write. */
final class WriteTerms {
    @Mixin
    private Terms terms = new Terms();

    @Option(
            names = "--w",
            paramLabel = "W",
            description = "Durable copies to wait for: a number, one, quorum, all or local_quorum.")
    private Optional<String> w = Optional.empty();

    @Option(names = "--r", paramLabel = "R", description = "Replies to check --if-match and --if-none-match at.")
    private Optional<String> r = Optional.empty();

    @Option(
            names = "--context",
            paramLabel = "TOKEN",
            description =
                    "What this write has seen and replaces: of an earlier answer. Without it, what is there stays beside it.")
    private Optional<String> context = Optional.empty();

    @Option(
            names = "--if-match",
            paramLabel = "TOKEN",
            description = "Only if nothing newer than this context is there.")
    private Optional<String> ifMatch = Optional.empty();

    @Option(names = "--if-none-match", description = "Only if there is no value.")
    private boolean ifNoneMatch;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Names this write, so that giving it again changes nothing. Default: a new one.")
    private Optional<String> idempotencyKey = Optional.empty();

    String target(String bucket, String key, Map<String, Optional<String>> further) {
        Map<String, Optional<String>> parameters = terms.parameters();
        parameters.put("w", w);
        parameters.put("r", r);
        parameters.putAll(further);
        return Target.path("kv", bucket, key) + Target.query(parameters);
    }

    /** Adds what travels in headers. The key makes it safe to try another node when one breaks off. */
    Request complete(Request request) {
        return request.with(
                        "Idempotency-Key",
                        idempotencyKey.orElseGet(() -> UUID.randomUUID().toString()))
                .with("Quorate-Context", context)
                .with("If-Match", ifMatch.map(token -> "\"" + token + "\""))
                .with("If-None-Match", ifNoneMatch ? Optional.of("*") : Optional.empty());
    }

    int patienceMillis() {
        return terms.patienceMillis();
    }
}
