package io.quorate.node.cli;

import io.quorate.node.cli.client.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows which nodes hold which partition. */
@Command(
        name = "ring",
        mixinStandardHelpOptions = true,
        description = "Each partition's nodes in order: the first n hold its keys, the others stand in for them.")
final class RingCommand implements Callable<Integer> {
    private static final int PATIENCE_MILLIS = 5_000;

    @ParentCommand
    private Quorate quorate;

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        Session session = new Session(quorate.console(), connecting);
        return session.run(Request.of("GET", "/cluster/ring"), PATIENCE_MILLIS, session::showAll);
    }
}
