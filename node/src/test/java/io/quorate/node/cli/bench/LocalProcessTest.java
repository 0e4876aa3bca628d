package io.quorate.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.node.cli.client.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessTest {
    private static final boolean IS_LINUX = Files.exists(Path.of("/proc/net/tcp"));

    @TempDir
    private Path folder;

    @Test
    void isFoundWhileItOpensAndClosesFiles() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        FileChannel before = FileChannel.open(file, StandardOpenOption.READ);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Its descriptor is free now, and comes before the socket's.
            before.close();
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> churn = CompletableFuture.runAsync(() -> openAndClose(file, enough));
            Endpoint endpoint = new Endpoint("127.0.0.1", listening.getLocalPort());
            try {
                for (int i = 0; i < 200; i++) {
                    assertThat(LocalProcess.listeningOn(endpoint).isPresent()).isEqualTo(IS_LINUX);
                }
            } finally {
                enough.set(true);
                churn.join();
            }
        }
    }

    private static void openAndClose(Path file, AtomicBoolean enough) {
        while (!enough.get()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                assertThat(channel.isOpen()).isTrue();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
