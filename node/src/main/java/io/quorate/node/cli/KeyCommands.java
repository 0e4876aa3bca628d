package io.quorate.node.cli;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What the commands about one key have in common. */
abstract class KeyCommands implements Callable<Integer> {
    @ParentCommand
    protected Quorate quorate;

    @Parameters(index = "0", paramLabel = "BUCKET")
    private String bucket;

    @Parameters(index = "1", paramLabel = "KEY")
    private String key;

    @Option(names = "--n", description = "Replicas: a number or all.")
    private String n;

    @Option(names = "--sloppy", description = "Whether fallbacks may stand in: true or false.")
    private String sloppy;

    @Option(names = "--timeout", description = "As in 250ms or 2s.")
    private String timeout;

    /** The path and the parameters that were given; {@code more} are names and values in turn. */
    final String target(String... more) {
        List<String> parameters = new ArrayList<>();
        add(parameters, "n", n);
        add(parameters, "sloppy", sloppy);
        add(parameters, "timeout", timeout);
        for (int i = 0; i < more.length; i += 2) {
            add(parameters, more[i], more[i + 1]);
        }
        String path = NodeClient.path(bucket, key);
        return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
    }

    private static void add(List<String> parameters, String name, String value) {
        if (value != null) {
            parameters.add(name + "=" + NodeClient.encode(value));
        }
    }

    /** Reads a key. */
    @Command(name = "get", description = "Reads a key.")
    static final class Get extends KeyCommands {
        @Option(names = "--r", description = "Replies to wait for: a number, one, quorum or all.")
        private String r;

        @Override
        public Integer call() {
            return quorate.show(
                    NodeClient.request(quorate.endpoint(), target("r", r)).build());
        }
    }

    /** Writes a key. */
    @Command(name = "put", description = "Writes a key.")
    static final class Put extends KeyCommands {
        @Parameters(index = "2", paramLabel = "VALUE", description = "JSON; - reads it from standard input.")
        private String value;

        @Option(names = "--w", description = "Durable copies to wait for: a number, one, quorum or all.")
        private String w;

        @Option(names = "--context", description = "What this write has seen: the context of an earlier answer.")
        private String context;

        @Override
        public Integer call() throws IOException {
            String json = value.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : value;
            return quorate.show(NodeClient.request(quorate.endpoint(), target("w", w, "context", context))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(json))
                    .build());
        }
    }

    /** Deletes a key. */
    @Command(name = "delete", description = "Deletes a key.")
    static final class Delete extends KeyCommands {
        @Option(names = "--w", description = "Durable copies to wait for: a number, one, quorum or all.")
        private String w;

        @Option(names = "--context", description = "What this delete has seen: the context of an earlier answer.")
        private String context;

        @Override
        public Integer call() {
            return quorate.show(NodeClient.request(quorate.endpoint(), target("w", w, "context", context))
                    .DELETE()
                    .build());
        }
    }
}
