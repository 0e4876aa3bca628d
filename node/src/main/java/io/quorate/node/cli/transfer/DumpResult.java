package io.quorate.node.cli.transfer;

/**
 * How a dump ended.
 *
 * @param printed keys with one value
 * @param omitted keys that were left out because of concurrent values or a refusal, each of which was named
 */
public record DumpResult(long printed, long omitted) {}
