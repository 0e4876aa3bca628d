package io.quorate.node;

import io.quorate.node.config.ConfigurationException;
import io.quorate.node.config.Settings;
import io.quorate.node.config.SettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that runs one node until it is told to stop. Exit status: 0 stopped as told, 1 failed, 2 cannot be configured so. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs one node in the foreground. SIGTERM stops it.",
        footer = {
            "",
            "Precedence: --set over the environment (QUORATE_HTTP_PORT sets http.port) over the file over the defaults.",
            "conf/production.yaml explains every key.",
            "Exit status: 0 stopped as told, 1 failed, 2 a configuration error."
        })
public final class Main implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file of settings.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Which of cluster.members this node is: short for --set node.id=ID.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key; the value is YAML. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--check", description = "Validates the configuration and exits.")
    private boolean check;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    Main(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs a node as the arguments say. */
    public static void main(String[] args) {
        System.exit(commandLine(System.getenv()).execute(args));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new Main(environment)).setParameterExceptionHandler((error, args) -> {
            error.getCommandLine().getErr().println("node: " + error.getMessage() + " (see --help)");
            return MISCONFIGURED;
        });
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Settings settings;
        try {
            id.ifPresent(given -> assignments.add("node.id=" + given));
            settings = SettingsReader.read(config, environment, assignments);
        } catch (ConfigurationException refused) {
            err.println("node: " + refused.getMessage());
            return MISCONFIGURED;
        }
        return check ? CommandLine.ExitCode.OK : run(settings, err);
    }

    /** Returns only if the node could not start: {@link Shutdown} ends the process otherwise. */
    private static int run(Settings settings, PrintWriter err) {
        LOG.info(
                "node {} of cluster {} starts: clients at {}, peers at {}, data in {}",
                settings.nodeId(),
                settings.cluster().name(),
                settings.http().advertised(),
                settings.peer().advertised(),
                settings.storage().folder().toAbsolutePath());
        Shutdown shutdown = Shutdown.onSignal();
        MessageClasses.initialize();
        try {
            shutdown.await(Daemon.start(settings));
        } catch (RuntimeException | InterruptedException failed) {
            LOG.error("node {} could not start", settings.nodeId(), failed);
            err.println("node: cannot start: " + failed.getMessage());
        }
        shutdown.cancel();
        return FAILED;
    }
}
