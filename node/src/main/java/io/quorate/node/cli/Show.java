package io.quorate.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The commands that only show what one path of the API answers. */
abstract class Show implements Callable<Integer> {
    @ParentCommand
    private Quorate quorate;

    abstract String path();

    @Override
    public Integer call() {
        return quorate.show(NodeClient.request(quorate.endpoint(), path()).build());
    }

    /** Whether the node is ready. */
    @Command(name = "status", description = "Whether the node is ready to serve.")
    static final class Status extends Show {
        @Override
        String path() {
            return "/health/ready";
        }
    }

    /** All members as the node sees them. */
    @Command(name = "members", description = "The members as this node sees them.")
    static final class Members extends Show {
        @Override
        String path() {
            return "/cluster";
        }
    }

    /** Which nodes keep which partition. */
    @Command(name = "ring", description = "The nodes of each partition, most preferred first.")
    static final class Ring extends Show {
        @Override
        String path() {
            return "/cluster/ring";
        }
    }

    /** Each replica's own state of a key. */
    @Command(name = "inspect", description = "Each replica's own state of a key.")
    static final class Inspect extends Show {
        @Parameters(index = "0", paramLabel = "BUCKET")
        private String bucket;

        @Parameters(index = "1", paramLabel = "KEY")
        private String key;

        @Override
        String path() {
            return "/inspect/" + NodeClient.encode(bucket) + "/" + NodeClient.encode(key);
        }
    }
}
