package io.quorate.coordinator.wire;

/**
 * Hears of connections to peers, on the loop of their transport. A closed connection is the first sign of a peer that was
 * killed; an open one is no proof that it serves.
 */
public interface PeerListener {
    PeerListener NONE = new PeerListener() {
        @Override
        public void onConnected(String node) {
            // Nobody wants to know.
        }

        @Override
        public void onDisconnected(String node) {
            // Nobody wants to know.
        }
    };

    /** The handshake with {@code node} succeeded. */
    void onConnected(String node);

    /** There is no connection, for another reason than at the last attempt. */
    default void onFailed(String node, String reason) {
        // Whoever has not asked for news of it does without.
    }

    /** The connection that {@link #onConnected} told of is gone; told before the calls that awaited replies on it are lost. */
    void onDisconnected(String node);
}
