package io.quorate.coordinator.api;

import java.util.List;
import java.util.Optional;

/**
 * How an embedded coordinator finds its cluster, and where in it it is.
 *
 * @param seeds {@code host:port} of the peer listeners of some nodes; one that answers is enough
 * @param zone the application runs in: its replicas are preferred, and a local quorum is one of theirs
 */
public record ConnectOptions(List<String> seeds, Optional<String> zone) {
    public ConnectOptions {
        seeds = List.copyOf(seeds);
    }

    public static ConnectOptions to(String... seeds) {
        return new ConnectOptions(List.of(seeds), Optional.empty());
    }

    public ConnectOptions inZone(String newZone) {
        return new ConnectOptions(seeds, Optional.of(newZone));
    }
}
