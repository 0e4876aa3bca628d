package io.quorate.node.cli.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Many connections on one thread: the one that calls {@link #poll}, in which everything happens. */
public final class Reactor implements Closeable {
    private static final int RECEIVE_BYTES = 64 << 10;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** How late a deadline may be noticed. */
    private static final long SWEEP_NANOS = 20 * MILLI;

    private final Selector selector;
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final Set<Connection> connections = new LinkedHashSet<>();
    private long nextSweep = System.nanoTime();

    /** A reactor without connections. */
    public Reactor() {
        try {
            selector = Selector.open();
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    Connection connect(Endpoint to) throws IOException {
        Connection connection = new Connection(this, SocketChannel.open(), to);
        connections.add(connection);
        return connection;
    }

    SelectionKey register(SocketChannel channel, Connection connection, int interest) throws IOException {
        return channel.register(selector, interest, connection);
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    /** The thread's one buffer, empty. */
    ByteBuffer received() {
        return received.clear();
    }

    /** Waits for something to happen, no longer than that in whole milliseconds rounded up, and lets it happen. */
    public void poll(long nanosMax) {
        try {
            if (nanosMax > 0) {
                selector.select((Math.min(nanosMax, SWEEP_NANOS) + MILLI - 1) / MILLI);
            } else {
                selector.selectNow();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Set<SelectionKey> ready = selector.selectedKeys();
        if (!ready.isEmpty()) {
            for (SelectionKey key : ready) {
                ((Connection) key.attachment()).ready();
            }
            ready.clear();
        }
        sweep();
    }

    private void sweep() {
        long now = System.nanoTime();
        if (now - nextSweep >= 0) {
            nextSweep = now + SWEEP_NANOS;
            List<Connection> late = connections.stream()
                    .filter(connection -> connection.isLate(now))
                    .toList();
            late.forEach(Connection::expire);
        }
    }

    @Override
    public void close() {
        new ArrayList<>(connections).forEach(Connection::close);
        try {
            selector.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
