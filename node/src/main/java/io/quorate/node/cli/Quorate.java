package io.quorate.node.cli;

import io.quorate.node.cli.text.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of a cluster. */
@Command(
        name = "quorate",
        mixinStandardHelpOptions = true,
        version = "quorate 0.1.0",
        description = "Reads and writes a cluster, loads and dumps it, looks into it and measures it.",
        footer = {
            "",
            "Exit status: 0 done, 1 refused or not found, 2 wrong usage, 3 unreachable or quorum not reached.",
            "quorate COMMAND --help tells the options of a command."
        },
        subcommands = {
            GetCommand.class,
            PutCommand.class,
            DeleteCommand.class,
            LoadCommand.class,
            DumpCommand.class,
            StatusCommand.class,
            RingCommand.class,
            MembersCommand.class,
            InspectCommand.class,
            AntientropyCommand.class,
            BenchCommand.class,
            BenchGuardCommand.class
        })
public final class Quorate implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    private Quorate(Console console) {
        this.console = console;
    }

    /** Runs one command. */
    public static void main(String[] args) {
        System.exit(execute(Console.ofProcess(), args));
    }

    static int execute(Console console, String... args) {
        return new CommandLine(new Quorate(console))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((wrong, given) -> {
                    console.remark("quorate: " + wrong.getMessage() + " (see --help)");
                    return ExitStatus.USAGE;
                })
                .setExecutionExceptionHandler((failure, line, result) -> failed(console, failure))
                .execute(args);
    }

    Console console() {
        return console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int failed(Console console, Exception failure) throws Exception {
        if (failure instanceof IOException) {
            console.remark("quorate: " + failure.getMessage());
            return ExitStatus.UNREACHABLE;
        }
        throw failure;
    }
}
