package io.quorate.node.cli.transfer;

import java.util.Optional;

/**
 * How a load ended.
 *
 * @param stored lines that the cluster holds
 * @param refused lines that it does not, each of which was named
 * @param brokenOff why it ended before the file did
 * @param resumable whether the same command goes on where this one ended
 */
public record LoadResult(long stored, long refused, Optional<String> brokenOff, boolean resumable) {}
