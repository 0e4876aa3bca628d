package io.quorate.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of a cluster. Exit status: 0 done, 1 refused or not found, 2 usage, 3 unreachable or quorum not reached. */
@Command(
        name = "quorate",
        mixinStandardHelpOptions = true,
        description = "Reads, writes and shows a running cluster.",
        subcommands = {
            KeyCommands.Get.class,
            KeyCommands.Put.class,
            KeyCommands.Delete.class,
            Load.class,
            Dump.class,
            Show.Status.class,
            Show.Members.class,
            Show.Ring.class,
            Show.Inspect.class
        })
public final class Quorate {
    static final int REFUSED = 1;
    static final int UNREACHABLE = 3;

    @Option(
            names = "--endpoint",
            scope = ScopeType.INHERIT,
            defaultValue = "127.0.0.1:8101",
            description = "A node's HTTP address (default: ${DEFAULT-VALUE}).")
    private String endpoint;

    private final NodeClient client = new NodeClient();
    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

    String endpoint() {
        return endpoint;
    }

    NodeClient client() {
        return client;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** Sends a request and prints the answer, or the error it carries. */
    int show(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request);
            (answer.statusCode() < 400 ? out : err).println(answer.body());
            return exitStatus(answer.statusCode());
        } catch (IOException e) {
            err.println("quorate: no node answers at " + endpoint + " (" + e + "): is the cluster up? see --endpoint");
            return UNREACHABLE;
        }
    }

    static int exitStatus(int httpStatus) {
        if (httpStatus < 400) {
            return 0;
        }
        return httpStatus == 503 || httpStatus == 504 ? UNREACHABLE : REFUSED;
    }

    /** Runs one command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Quorate()).execute(args));
    }
}
