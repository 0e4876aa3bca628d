package io.quorate.node.http;

/**
 * What one event loop's HTTP side takes on at once.
 *
 * @param valueBytesMax longest value; every replica writes it whole, so large ones stall the others behind them
 * @param keyBytesMax longest key in UTF-8; it is stored with every copy and sent with every message
 * @param requestsMax requests that wait for an answer; too few and bursts are refused, too many and all of them time out
 * @param bodyBytesMax memory of the bodies of those requests together
 * @param connectionsMax open connections; one more is closed at once
 * @param discardBytesMax how much of a refused body is read and thrown away so that its client gets to see the answer
 * @param idleTimeoutMillis a connection with nothing to say for so long is closed; must be above the longest request timeout, 60 s
 */
public record HttpLimits(
        int valueBytesMax,
        int keyBytesMax,
        int requestsMax,
        long bodyBytesMax,
        int connectionsMax,
        long discardBytesMax,
        int idleTimeoutMillis) {
    public static final HttpLimits DEFAULT =
            new HttpLimits(1 << 20, 1 << 10, 2_048, 64L << 20, 4_096, 16L << 20, 75_000);
}
