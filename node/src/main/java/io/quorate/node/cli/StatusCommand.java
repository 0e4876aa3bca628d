package io.quorate.node.cli;

import io.quorate.node.cli.client.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows the cluster as one node sees it. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "The cluster as one node sees it: its members, their states, what they own and what waits for them.")
final class StatusCommand implements Callable<Integer> {
    private static final int PATIENCE_MILLIS = 5_000;

    @ParentCommand
    private Quorate quorate;

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        Session session = new Session(quorate.console(), connecting);
        return session.run(Request.of("GET", "/cluster"), PATIENCE_MILLIS, session::showAll);
    }
}
