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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

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

    @Mixin
    private Bulk bulk = new Bulk();

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        Map<String, Optional<String>> reading = terms.parameters();
        reading.put("r", r);
        DumpPlan plan = new DumpPlan(
                bucket,
                ClusterMap.learn(connecting.endpoints()).endpoints(),
                bulk.inFlight(),
                Target.query(reading),
                terms.patienceMillis(),
                bulk.patienceMillis());
        DumpResult result = new Dumper(plan, quorate.console()).dump();
        return result.omitted() == 0 ? ExitStatus.DONE : ExitStatus.REFUSED;
    }
}
