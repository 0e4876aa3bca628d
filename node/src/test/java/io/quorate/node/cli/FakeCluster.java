package io.quorate.node.cli;

import io.quorate.node.cli.client.Endpoint;
import io.quorate.node.cli.text.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Fake nodes on loopback, all holding the same, and the command line run against them. */
final class FakeCluster implements AutoCloseable {
    /** What a command did. */
    record Ran(int status, String out, String err) {}

    private final FakeStore store;
    private final List<FakeNode> nodes = new ArrayList<>();

    FakeCluster(int size) throws IOException {
        this(size, new FakeStore());
    }

    private FakeCluster(int size, FakeStore store) throws IOException {
        this.store = store;
        for (int i = 0; i < size; i++) {
            nodes.add(new FakeNode(store, this::json));
        }
    }

    /** New nodes that hold what these held. */
    FakeCluster revived() throws IOException {
        return new FakeCluster(nodes.size(), store);
    }

    FakeStore store() {
        return store;
    }

    FakeNode node(int index) {
        return nodes.get(index);
    }

    List<Endpoint> endpoints() {
        return nodes.stream().map(FakeNode::endpoint).toList();
    }

    /** Runs a command that asks the first node. */
    Ran run(String... arguments) {
        return runWith("", arguments);
    }

    /** The same with something on standard input. */
    Ran runWith(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--endpoint");
        all.add(node(0).endpoint().toString());
        return execute(input, all.toArray(String[]::new));
    }

    static Ran execute(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int status = Quorate.execute(console, arguments);
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        nodes.forEach(FakeNode::close);
    }

    private String json() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            members.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"n" + (i + 1) + "\",\"address\":\"127.0.0.1:9\",\"http\":\"")
                    .append(nodes.get(i).endpoint())
                    .append("\",\"zone\":\"default\",\"state\":\"active\"}");
        }
        return "{\"node\":\"n1\",\"cluster\":\"fake\",\"epoch\":1,\"members\":[" + members + "]}";
    }
}
