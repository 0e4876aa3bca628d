package io.quorate.coordinator.wire;

/**
 * The bounds of the wire. Each holds per connection.
 *
 * @param frameBytesMax the largest frame sent or taken; a connection uses the smaller of both sides'. Too small: large values
 *     and keys with many siblings cannot be replicated. Too large: one message holds up all others behind it, and a broken or
 *     hostile peer can make this node hold that much for each connection.
 * @param callsInFlightMax requests that await their final reply. Too small: refusals under load that the peer could bear. Too
 *     large: a peer that stalls piles up calls, and the work is late when it is done.
 * @param bytesInFlightMax bytes of those requests; passed by at most one frame. Too small: large writes are refused. Too large: a
 *     stalled peer costs that much memory.
 * @param outboundBytesMax bytes that wait for the socket. Beyond it calls are refused and large replies are replaced by a
 *     refusal; beyond half of it a server reads no more requests. Too small: bursts of large values are refused. Too large: a
 *     peer that does not read costs that much memory.
 * @param connectionsMax connections that one server takes. Too small: embedded coordinators are turned away. Too large: idle
 *     connections cost memory and file handles.
 * @param connectTimeoutMillis for TCP to connect. Too small: far or busy peers are never reached. Too large: the first calls to
 *     a dead host wait that long before another replica is tried.
 * @param handshakeTimeoutMillis for a connection to agree on a version. Too small: a peer that is just starting is dropped.
 *     Too large: strangers hold connections open for nothing.
 * @param reconnectMillisMin the first pause after a connection broke; it doubles with each failure. Too small: a dead peer is
 *     hammered. Too large: a restarted peer is missed for longer.
 * @param reconnectMillisMax the longest pause. Too small and too large: as above.
 * @param silenceMillisMax a connection on which calls expired, and nothing at all arrived for this long, is closed. Too small:
 *     a peer that pauses to collect garbage is cut off. Too large: a peer whose host vanished is noticed late, and one that comes
 *     back waits for TCP's own retries.
 */
public record WireLimits(
        int frameBytesMax,
        int callsInFlightMax,
        long bytesInFlightMax,
        long outboundBytesMax,
        int connectionsMax,
        int connectTimeoutMillis,
        int handshakeTimeoutMillis,
        int reconnectMillisMin,
        int reconnectMillisMax,
        int silenceMillisMax) {
    public static final WireLimits DEFAULT =
            new WireLimits(8 << 20, 2_048, 32L << 20, 32L << 20, 1_024, 1_000, 5_000, 50, 2_000, 5_000);

    static final int FRAME_BYTES_LEAST = 64 << 10;
    private static final int CALLS_MOST = 1 << 16;

    public WireLimits {
        check(frameBytesMax >= FRAME_BYTES_LEAST, "frameBytesMax must be at least " + FRAME_BYTES_LEAST);
        check(
                callsInFlightMax >= 1 && callsInFlightMax <= CALLS_MOST,
                "callsInFlightMax must be from 1 to " + CALLS_MOST);
        check(bytesInFlightMax >= 1, "bytesInFlightMax must be positive");
        check(outboundBytesMax >= frameBytesMax, "outboundBytesMax must be at least frameBytesMax");
        check(connectionsMax >= 1, "connectionsMax must be positive");
        check(connectTimeoutMillis >= 1, "connectTimeoutMillis must be positive");
        check(handshakeTimeoutMillis >= 1, "handshakeTimeoutMillis must be positive");
        check(reconnectMillisMin >= 1, "reconnectMillisMin must be positive");
        check(reconnectMillisMax >= reconnectMillisMin, "reconnectMillisMax must be at least reconnectMillisMin");
        check(silenceMillisMax >= 1, "silenceMillisMax must be positive");
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
