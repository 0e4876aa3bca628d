package io.quorate.coordinator.api;

import java.util.Optional;

/**
 * A node that holds the write durably.
 *
 * @param hintFor the unreachable primary it stands in for, to which it owes the write
 */
public record Acknowledgement(String node, Optional<String> hintFor) {}
