package io.quorate.node.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.text.HumanJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows the members of a cluster. */
@Command(name = "members", mixinStandardHelpOptions = true, description = "The members of the cluster, one a line.")
final class MembersCommand implements Callable<Integer> {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParentCommand
    private Quorate quorate;

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        return new Session(quorate.console(), connecting)
                .run(
                        Request.of("GET", "/cluster"),
                        PATIENCE_MILLIS,
                        response -> quorate.console()
                                .print(HumanJson.render(
                                        JSON.readTree(response.body()).path("members"))));
    }
}
