package io.quorate.node.cli.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A connection to one node, which carries one request at a time and is kept open between them. */
final class Connection {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Reactor reactor;
    private final SocketChannel channel;
    private final Endpoint to;
    private final ResponseParser parser = new ResponseParser();
    private final SelectionKey key;
    private ByteBuffer unsent = NOTHING;
    private Waiter waiter;
    private long deadline;
    private long timeoutNanos;
    private boolean connected;

    Connection(Reactor reactor, SocketChannel channel, Endpoint to) throws IOException {
        this.reactor = reactor;
        this.channel = channel;
        this.to = to;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = reactor.register(channel, this, SelectionKey.OP_CONNECT);
        InetSocketAddress address = new InetSocketAddress(to.host(), to.port());
        if (address.isUnresolved()) {
            channel.close();
            throw new UnknownHostException("there is no host " + to.host());
        }
        if (channel.connect(address)) {
            connected = true;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    Endpoint to() {
        return to;
    }

    boolean isConnected() {
        return connected;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Sends a request, when the one before is answered. What goes wrong is told to the waiter, now or later. */
    void send(ByteBuffer request, long timeout, Waiter waits) {
        waiter = waits;
        unsent = request;
        timeoutNanos = timeout;
        deadline = System.nanoTime() + timeout;
        parser.reset();
        if (connected) {
            try {
                write();
            } catch (IOException broken) {
                fail(broken);
            }
        }
    }

    /** Does what the socket allows now. */
    void ready() {
        try {
            if (!connected && channel.finishConnect()) {
                connected = true;
                key.interestOps(SelectionKey.OP_READ);
            }
            if (unsent.hasRemaining()) {
                write();
            }
            if (key.isReadable()) {
                read();
            }
        } catch (IOException broken) {
            fail(broken);
        }
    }

    private void write() throws IOException {
        channel.write(unsent);
        int interest = unsent.hasRemaining() ? SelectionKey.OP_WRITE | SelectionKey.OP_READ : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    private void read() throws IOException {
        ByteBuffer received = reactor.received();
        int count = channel.read(received);
        if (waiter == null) {
            close();
        } else if (count < 0) {
            parser.end();
            complete();
        } else if (parser.feed(received.flip())) {
            complete();
        }
    }

    private void complete() {
        Waiter waited = waiter;
        waiter = null;
        if (!parser.response().head.keepAlive() || unsent.hasRemaining()) {
            close();
        }
        waited.answered(parser.response());
    }

    boolean isLate(long now) {
        return waiter != null && now - deadline >= 0;
    }

    void expire() {
        long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
        fail(new IOException((connected ? "no answer within " : "no connection within ") + millis + " ms"));
    }

    private void fail(IOException reason) {
        close();
        Waiter waited = waiter;
        waiter = null;
        if (waited != null) {
            waited.failed(reason);
        }
    }

    void close() {
        reactor.forget(this);
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // It is gone either way.
        }
    }
}
