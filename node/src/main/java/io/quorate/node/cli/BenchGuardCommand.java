package io.quorate.node.cli;

import io.quorate.node.cli.client.ClusterMap;
import io.quorate.node.cli.client.Endpoint;
import io.quorate.node.cli.guard.BenchGuard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What {@code scripts/bench-guard} runs, once its servers have started. */
@Command(name = "bench-guard", hidden = true)
final class BenchGuardCommand implements Callable<Integer> {
    @ParentCommand
    private Quorate quorate;

    @Option(names = "--reference", required = true, converter = Connecting.EndpointConverter.class)
    private Endpoint reference;

    @Option(names = "--baseline", required = true)
    private Path baseline;

    @Option(names = "--limit", defaultValue = "15")
    private int limitPercent;

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--update")
    private boolean update;

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ClusterMap cluster = ClusterMap.learn(connecting.endpoints());
        BenchGuard guard = new BenchGuard(baseline, limitPercent, quick);
        if (update) {
            guard.update(cluster, reference, quorate.console());
            return ExitStatus.DONE;
        }
        return guard.holds(cluster, reference, quorate.console()) ? ExitStatus.DONE : ExitStatus.REFUSED;
    }
}
