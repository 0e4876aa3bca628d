package io.quorate.coordinator.wire.codec;

/**
 * What is answered to a {@link Hello}.
 *
 * @param version the protocol version to speak from now on; zero when the connection is refused
 * @param cluster the cluster of the answering node
 * @param node the id of the answering node
 * @param frameBytesMax the largest frame it takes
 * @param refusal why the connection is refused, or empty
 */
public record Welcome(int version, String cluster, String node, int frameBytesMax, String refusal) {
    public boolean isRefusal() {
        return version == 0;
    }
}
