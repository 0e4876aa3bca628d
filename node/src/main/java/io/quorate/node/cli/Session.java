package io.quorate.node.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.node.cli.client.Caller;
import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.text.Console;
import io.quorate.node.cli.text.HumanJson;
import java.io.IOException;

/** One command's request, and what its answer becomes: output and an exit status. */
final class Session {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Console console;
    private final Connecting connecting;

    Session(Console console, Connecting connecting) {
        this.console = console;
        this.connecting = connecting;
    }

    /** How an answer that is not an error is shown to people. */
    @FunctionalInterface
    interface Shown {
        void show(Response response) throws IOException;
    }

    /** Sends the request and shows what is answered. */
    int run(Request request, int patienceMillis, Shown people) throws IOException {
        try (Caller caller = new Caller(connecting.endpoints())) {
            Response response = caller.call(request, patienceMillis);
            int status = ExitStatus.of(response.status());
            if (connecting.json()) {
                console.print(response.body());
            } else if (status == ExitStatus.DONE) {
                people.show(response);
            } else {
                console.remark("quorate: " + response.reason());
            }
            return status;
        }
    }

    /** Shows any JSON. */
    void showAll(Response response) throws IOException {
        console.print(HumanJson.render(JSON.readTree(response.body())));
    }
}
