package io.quorate.node.cli;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that send many requests. */
final class Bulk {
    private static final int IN_FLIGHT_MAX = 4_096;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "64",
            description = "Requests at once, over all nodes. Default: ${DEFAULT-VALUE}.")
    private int inFlight;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to try one key while nodes are down. Default: ${DEFAULT-VALUE}.")
    private int patienceSeconds;

    int inFlight() {
        if (inFlight < 1 || inFlight > IN_FLIGHT_MAX) {
            throw new ParameterException(
                    command.commandLine(), "--in-flight is 1 to " + IN_FLIGHT_MAX + ", not " + inFlight);
        }
        return inFlight;
    }

    int patienceMillis() {
        return (int) TimeUnit.SECONDS.toMillis(patienceSeconds);
    }
}
