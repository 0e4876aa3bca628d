package io.quorate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.text.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The answer to a write as people read it: who holds it, and the context to write again with. */
final class Written implements Session.Shown {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Console console;

    Written(Console console) {
        this.console = console;
    }

    @Override
    public void show(Response response) throws IOException {
        JsonNode answer = JSON.readTree(response.body());
        List<String> holders = new ArrayList<>();
        for (JsonNode ack : answer.path("quorum").path("acks")) {
            String owner = ack.path("hint_for").asText();
            holders.add(ack.path("node").asText() + (owner.isEmpty() ? "" : " (for " + owner + ")"));
        }
        console.print("written to " + String.join(", ", holders) + "; context "
                + answer.path("context").asText());
        if (answer.path("siblings").asBoolean()) {
            console.remark("other versions remain beside it: get the key, then write with the context of that answer");
        }
    }
}
