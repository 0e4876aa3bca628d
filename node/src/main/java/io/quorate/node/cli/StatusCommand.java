package io.quorate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.text.ChangeText;
import io.quorate.node.cli.text.HumanJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows the cluster as one node sees it. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "The cluster as one node sees it: its members, their states, what they own, what waits for them, and how far a member is that comes or goes.")
final class StatusCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 5_000;

    @ParentCommand
    private Quorate quorate;

    @Mixin
    private Connecting connecting = new Connecting();

    @Override
    public Integer call() throws IOException {
        Session session = new Session(quorate.console(), connecting);
        return session.run(Request.of("GET", "/cluster"), PATIENCE_MILLIS, this::show);
    }

    private void show(Response response) throws IOException {
        ObjectNode cluster = JSON.readValue(response.body(), ObjectNode.class);
        JsonNode change = cluster.path("change");
        cluster.remove("change");
        quorate.console().print(HumanJson.render(cluster));
        if (!change.isMissingNode()) {
            quorate.console().print(ChangeText.of(change));
        }
    }
}
