package io.quorate.node.cli;

import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Target;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what each replica holds of a key. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "What each replica holds of a key, read there and then; equal digests mean identical states.")
final class InspectCommand implements Callable<Integer> {
    private static final int PATIENCE_MILLIS = 15_000;

    @ParentCommand
    private Quorate quorate;

    @Parameters(paramLabel = "BUCKET")
    private String bucket;

    @Parameters(paramLabel = "KEY")
    private String key;

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        Session session = new Session(quorate.console(), connecting);
        Request request = Request.of("GET", Target.path("inspect", bucket, key));
        return session.run(request, PATIENCE_MILLIS, session::showAll);
    }
}
