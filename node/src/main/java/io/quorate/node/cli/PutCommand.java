package io.quorate.node.cli;

import io.quorate.node.cli.client.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a key. */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description = "Writes a key. Without --context it replaces nothing: a value that is there stays beside it.")
final class PutCommand implements Callable<Integer> {
    @ParentCommand
    private Quorate quorate;

    @Parameters(paramLabel = "BUCKET")
    private String bucket;

    @Parameters(paramLabel = "KEY")
    private String key;

    @Parameters(
            paramLabel = "VALUE|-",
            description = "JSON, such as 42, '\"text\"' or '{\"a\": 1}'; - reads it from standard input.")
    private String value;

    @Option(names = "--ttl", paramLabel = "TIME", description = "How long the value stays, like 30s, 12h or 7d.")
    private Optional<String> ttl = Optional.empty();

    @Mixin
    private WriteTerms terms = new WriteTerms();

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        byte[] json =
                value.equals("-") ? quorate.console().in().readAllBytes() : value.getBytes(StandardCharsets.UTF_8);
        Request request = terms.complete(Request.of("PUT", terms.target(bucket, key, Map.of("ttl", ttl)), json));
        return new Session(quorate.console(), connecting)
                .run(request, terms.patienceMillis(), new Written(quorate.console()));
    }
}
