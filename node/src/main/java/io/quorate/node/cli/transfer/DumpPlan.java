package io.quorate.node.cli.transfer;

import io.quorate.node.cli.client.Endpoint;
import java.util.List;

/**
 * What is to be dumped, and how.
 *
 * @param endpoints all nodes
 * @param inFlight how many requests at once
 * @param readQuery of a GET; empty or from the question mark on
 * @param timeoutMillis how long to wait for one answer
 * @param patienceMillis how long to try one request before all is broken off
 */
public record DumpPlan(
        String bucket,
        List<Endpoint> endpoints,
        int inFlight,
        String readQuery,
        int timeoutMillis,
        int patienceMillis) {
    public DumpPlan {
        endpoints = List.copyOf(endpoints);
    }
}
