package io.quorate.node.cli;

import io.quorate.node.cli.client.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows or starts the comparison of replicas in the background. */
@Command(
        name = "antientropy",
        mixinStandardHelpOptions = true,
        description = "How the replicas were compared and repaired lately; with run, a full round starts now.")
final class AntientropyCommand implements Callable<Integer> {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final byte[] NO_BODY = {};

    @ParentCommand
    private Quorate quorate;

    @Parameters(paramLabel = "run", arity = "0..1")
    private Optional<String> action = Optional.empty();

    @Mixin
    private Connecting connecting = new Connecting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (action.isPresent() && !action.get().equals("run")) {
            throw new ParameterException(spec.commandLine(), "antientropy takes run or nothing, not " + action.get());
        }
        Session session = new Session(quorate.console(), connecting);
        Request request =
                action.isPresent() ? Request.of("POST", "/antientropy", NO_BODY) : Request.of("GET", "/antientropy");
        return session.run(request, PATIENCE_MILLIS, session::showAll);
    }
}
