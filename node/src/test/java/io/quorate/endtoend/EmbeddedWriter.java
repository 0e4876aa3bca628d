package io.quorate.endtoend;

import io.quorate.coordinator.Quorate;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An application with an embedded coordinator that writes, and reads what it has just written, until it is told to finish. */
final class EmbeddedWriter extends Thread {
    private static final String BUCKET = "embedded";

    private final Quorate quorate;
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private volatile boolean finishing;
    private volatile int written;

    EmbeddedWriter(String... seeds) {
        super("embedded-writer");
        quorate = Quorate.connect(seeds);
    }

    @Override
    public void run() {
        try (quorate) {
            while (!finishing) {
                int number = written + 1;
                writeAndRead("key-" + number, Integer.toString(number));
                written = number;
            }
        }
    }

    private void writeAndRead(String key, String value) {
        try {
            quorate.put(BUCKET, key, value).join();
            List<String> read = quorate.get(BUCKET, key).join().versions().stream()
                    .map(version -> version.value().orElseThrow().toUtf8())
                    .toList();
            if (!read.equals(List.of(value))) {
                troubles.add(key + " was written as " + value + " and read as " + read);
            }
        } catch (RuntimeException e) {
            troubles.add(key + ": " + e);
        }
    }

    void finish() throws InterruptedException {
        finishing = true;
        join();
    }

    /** Requests that failed, and reads that did not reflect the write before. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    int written() {
        return written;
    }
}
