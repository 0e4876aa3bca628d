package io.quorate.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Ports of loopback that nobody listens on, for nodes whose addresses must be known before they start. */
public final class FreePorts {
    /** Below the ports that the system gives to outgoing connections: one of those could take a node's while it is down. */
    private static final int PORT_MIN = 20_000;

    private static final int PORT_MAX = 32_000;

    /** Goes round, so that no port is given twice before its node listens; from anywhere, because another run may be under way. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORT_MAX - PORT_MIN));

    private FreePorts() {}

    /** So many of them, all different, also from those picked before. */
    public static List<Integer> pick(int count) {
        return IntStream.generate(() -> PORT_MIN + Math.floorMod(NEXT.getAndIncrement(), PORT_MAX - PORT_MIN))
                .filter(FreePorts::isFree)
                .limit(count)
                .boxed()
                .toList();
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
