package io.quorate.node.cli;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints a bucket in the format that {@link Load} takes. Keys with concurrent versions are named on standard error instead. */
@Command(name = "dump", description = "Prints all records of a bucket as {\"key\":…,\"value\":…} lines.")
final class Dump implements Callable<Integer> {
    @ParentCommand
    private Quorate quorate;

    @Parameters(index = "0", paramLabel = "BUCKET")
    private String bucket;

    private boolean complete = true;

    @Override
    public Integer call() throws IOException {
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            String path = "/kv/" + NodeClient.encode(bucket) + "?limit=1000"
                    + (after.get().isEmpty() ? "" : "&after=" + NodeClient.encode(after.get()));
            HttpResponse<String> page = get(path);
            if (page.statusCode() != 200) {
                quorate.err().println(page.body());
                return Quorate.exitStatus(page.statusCode());
            }
            SortedMap<String, String> fields = RawJson.fields(page.body());
            for (String key : RawJson.texts(fields.get("keys"))) {
                print(key);
            }
            after = fields.containsKey("next") ? RawJson.text(fields.get("next")) : Optional.empty();
        }
        return complete ? 0 : Quorate.REFUSED;
    }

    private void print(String key) throws IOException {
        HttpResponse<String> answer = get(NodeClient.path(bucket, key));
        if (answer.statusCode() == 200) {
            String value = RawJson.fields(answer.body()).get("value");
            quorate.out().println("{\"key\":" + RawJson.quote(key) + ",\"value\":" + value + "}");
        } else if (answer.statusCode() != 404) {
            complete = false;
            quorate.err().println(key + ": " + answer.body());
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        return quorate.client()
                .send(NodeClient.request(quorate.endpoint(), path).build());
    }
}
