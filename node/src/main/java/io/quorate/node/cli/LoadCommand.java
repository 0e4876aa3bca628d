package io.quorate.node.cli;

import io.quorate.node.cli.client.ClusterMap;
import io.quorate.node.cli.client.Target;
import io.quorate.node.cli.text.Console;
import io.quorate.node.cli.transfer.LoadPlan;
import io.quorate.node.cli.transfer.LoadResult;
import io.quorate.node.cli.transfer.Loader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Loads a file into a bucket. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Writes each line of a file, {\"key\": …, \"value\": …}, compressed or not; a value as it stands there, over whatever the key holds.",
            "A key that already has the same value is left alone, so a file can be loaded again.",
            "A load that was broken off goes on where it was when it is started again (FILE.BUCKET.progress)."
        })
final class LoadCommand implements Callable<Integer> {
    @ParentCommand
    private Quorate quorate;

    @Parameters(paramLabel = "BUCKET")
    private String bucket;

    @Parameters(paramLabel = "FILE", description = "A .jsonl file, or .jsonl.gz.")
    private Path file;

    @Mixin
    private Terms terms = new Terms();

    @Option(
            names = "--w",
            paramLabel = "W",
            description = "Durable copies to wait for: a number, one, quorum, all or local_quorum.")
    private Optional<String> w = Optional.empty();

    @Option(names = "--r", paramLabel = "R", description = "Replies to look for values that are there at.")
    private Optional<String> r = Optional.empty();

    @Mixin
    private Bulk bulk = new Bulk();

    @Option(names = "--restart", description = "Begins anew where an earlier load was broken off.")
    private boolean restart;

    @Mixin
    private Connecting connecting = new Connecting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "cannot read " + file);
        }
        Map<String, Optional<String>> reading = terms.parameters();
        reading.put("r", r);
        Map<String, Optional<String>> writing = terms.parameters();
        writing.put("r", r);
        writing.put("w", w);
        LoadPlan plan = new LoadPlan(
                bucket,
                file,
                ClusterMap.learn(connecting.endpoints()).endpoints(),
                bulk.inFlight(),
                Target.query(writing),
                Target.query(reading),
                terms.patienceMillis(),
                bulk.patienceMillis(),
                restart);
        return report(new Loader(plan, quorate.console()).load());
    }

    private int report(LoadResult result) throws IOException {
        Console console = quorate.console();
        console.print(
                connecting.json()
                        ? "{\"stored\":" + result.stored() + ",\"failed\":" + result.refused() + ",\"complete\":"
                                + result.brokenOff().isEmpty() + "}"
                        : result.stored() + " stored, " + result.refused() + " failed");
        if (result.brokenOff().isEmpty()) {
            return result.refused() == 0 ? ExitStatus.DONE : ExitStatus.REFUSED;
        }
        String next = result.resumable() ? "; the same command goes on from here" : "";
        console.remark("quorate: broken off: " + result.brokenOff().get() + next);
        return result.stored() == 0 && result.refused() > 0 ? ExitStatus.REFUSED : ExitStatus.UNREACHABLE;
    }
}
