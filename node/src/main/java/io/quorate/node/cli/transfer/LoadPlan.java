package io.quorate.node.cli.transfer;

import io.quorate.node.cli.client.Endpoint;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be loaded, and how.
 *
 * @param endpoints all nodes
 * @param inFlight how many requests at once
 * @param writeQuery of a PUT; empty or from the question mark on
 * @param readQuery of a GET, likewise
 * @param timeoutMillis how long to wait for one answer
 * @param patienceMillis how long to try one record before all is broken off
 * @param restart whether to begin anew where an earlier load was broken off
 */
public record LoadPlan(
        String bucket,
        Path file,
        List<Endpoint> endpoints,
        int inFlight,
        String writeQuery,
        String readQuery,
        int timeoutMillis,
        int patienceMillis,
        boolean restart) {
    public LoadPlan {
        endpoints = List.copyOf(endpoints);
    }
}
