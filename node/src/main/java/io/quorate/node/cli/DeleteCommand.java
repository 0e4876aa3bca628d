package io.quorate.node.cli;

import io.quorate.node.cli.client.Request;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Deletes a key. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description =
                "Deletes a key. Without --context it replaces nothing: a value that is there stays beside the deletion.")
final class DeleteCommand implements Callable<Integer> {
    @ParentCommand
    private Quorate quorate;

    @Parameters(paramLabel = "BUCKET")
    private String bucket;

    @Parameters(paramLabel = "KEY")
    private String key;

    @Mixin
    private WriteTerms terms = new WriteTerms();

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        Request request = terms.complete(Request.of("DELETE", terms.target(bucket, key, Map.of())));
        return new Session(quorate.console(), connecting)
                .run(request, terms.patienceMillis(), new Written(quorate.console()));
    }
}
