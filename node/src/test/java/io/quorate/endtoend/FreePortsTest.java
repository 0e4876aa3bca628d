package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    private static final int NODES = 1_000;

    /** A node that is not started yet does not listen: when ports were picked by chance, another was given the same. */
    @Test
    void noPortIsGivenTwice() {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            ports.addAll(FreePorts.pick(2));
        }
        assertThat(ports).hasSize(2 * NODES).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatIsListenedOnIsPassedOver() throws IOException {
        int next = FreePorts.pick(1).get(0) + 1;
        try (ServerSocket listening = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.pick(1)).doesNotContain(listening.getLocalPort());
        }
    }
}
