package io.quorate.node.cli;

import io.quorate.node.cli.client.ClusterMap;
import io.quorate.node.cli.client.Target;
import io.quorate.node.cli.transfer.DumpPlan;
import io.quorate.node.cli.transfer.DumpResult;
import io.quorate.node.cli.transfer.Dumper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints a bucket. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = {
            "Prints each key of a bucket as a line that load takes; a value as it was written, but for line ends, which become spaces.",
            "Keys with concurrent values are named on standard error and left out; the exit status is then 1."
        })
final class DumpCommand implements Callable<Integer> {
    @ParentCommand
    private Quorate quorate;

    @Parameters(paramLabel = "BUCKET")
    private String bucket;

    @Mixin
    private Terms terms = new Terms();

    @Option(
            names = "--r",
            paramLabel = "R",
            description = "Replies to wait for: a number, one, quorum, all or local_quorum.")
    private Optional<String> r = Optional.empty();

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

    @Mixin
    private Connecting connecting = new Connecting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Map<String, Optional<String>> reading = terms.parameters();
        reading.put("r", r);
        DumpPlan plan = new DumpPlan(
                bucket,
                ClusterMap.learn(connecting.endpoints()).endpoints(),
                Connecting.inFlight(spec, inFlight),
                Target.query(reading),
                terms.patienceMillis(),
                (int) TimeUnit.SECONDS.toMillis(patienceSeconds));
        DumpResult result = new Dumper(plan, quorate.console()).dump();
        return result.omitted() == 0 ? ExitStatus.DONE : ExitStatus.REFUSED;
    }
}
