package io.quorate.node.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The nodes of a cluster and where each serves HTTP, as one of them tells. */
public record ClusterMap(String cluster, List<Node> nodes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 5_000;

    /** One of the members. */
    public record Node(String id, Endpoint endpoint) {}

    public ClusterMap {
        nodes = List.copyOf(nodes);
    }

    /** Asks whichever node answers. */
    public static ClusterMap learn(List<Endpoint> endpoints) throws IOException {
        try (Caller caller = new Caller(endpoints)) {
            Response response = caller.call(Request.of("GET", "/cluster"), TIMEOUT_MILLIS);
            if (!response.isDone()) {
                throw new IOException("asked for its cluster, the node answers " + response.status());
            }
            return parse(response.body());
        }
    }

    /** Where its nodes are reached. */
    public List<Endpoint> endpoints() {
        return nodes.stream().map(Node::endpoint).toList();
    }

    static ClusterMap parse(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        List<Node> nodes = new ArrayList<>();
        for (JsonNode member : root.path("members")) {
            String address = member.path("http").asText(member.path("address").asText());
            nodes.add(new Node(member.path("id").asText(), Endpoint.parse(address)));
        }
        if (nodes.isEmpty()) {
            throw new IOException("the node names no members in its answer to GET /cluster");
        }
        return new ClusterMap(root.path("cluster").asText(), nodes);
    }
}
