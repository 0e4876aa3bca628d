package io.quorate.node.cli;

import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.client.Target;
import io.quorate.node.cli.text.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Reads a key. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description =
                "Prints a key's value as it was written; concurrent values one a line, with a remark how to replace them.")
final class GetCommand implements Callable<Integer> {
    @ParentCommand
    private Quorate quorate;

    @Parameters(paramLabel = "BUCKET")
    private String bucket;

    @Parameters(paramLabel = "KEY")
    private String key;

    @Mixin
    private Terms terms = new Terms();

    @Option(
            names = "--r",
            paramLabel = "R",
            description = "Replies to wait for: a number, one, quorum, all or local_quorum.")
    private Optional<String> r = Optional.empty();

    @Option(
            names = "--at-least",
            paramLabel = "TOKEN",
            description = "The answer must reflect what this context names.")
    private Optional<String> atLeast = Optional.empty();

    @Option(names = "--read-repair", paramLabel = "WHEN", description = "async, sync or off.")
    private Optional<String> readRepair = Optional.empty();

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        Map<String, Optional<String>> parameters = terms.parameters();
        parameters.put("r", r);
        parameters.put("at_least", atLeast);
        parameters.put("read_repair", readRepair);
        Request request = Request.of("GET", Target.path("kv", bucket, key) + Target.query(parameters));
        return new Session(quorate.console(), connecting).run(request, terms.patienceMillis(), this::show);
    }

    private void show(Response response) throws IOException {
        Map<String, byte[]> fields = RawJson.fields(response.body());
        if (fields.containsKey("value")) {
            quorate.console().print(fields.get("value"));
            return;
        }
        List<byte[]> siblings = RawJson.elements(fields.get("siblings"));
        for (byte[] sibling : siblings) {
            byte[] deleted = "(deleted)".getBytes(StandardCharsets.UTF_8);
            quorate.console().print(RawJson.fields(sibling).getOrDefault("value", deleted));
        }
        quorate.console()
                .remark(siblings.size() + " concurrent versions; to replace them all, put or delete with --context "
                        + response.context().orElse("of this answer"));
    }
}
