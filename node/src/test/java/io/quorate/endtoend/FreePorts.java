package io.quorate.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of loopback that nobody listens on, for nodes whose addresses must be known before they start. */
public final class FreePorts {
    /** Below the ports that the system gives to outgoing connections: one of those could take a node's while it is down. */
    private static final int PORT_MIN = 20_000;

    private static final int PORT_MAX = 32_000;

    private FreePorts() {}

    /** So many of them, all different. */
    public static List<Integer> pick(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
