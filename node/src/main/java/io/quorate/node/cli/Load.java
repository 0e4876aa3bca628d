package io.quorate.node.cli;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * Writes the records of a file, many at a time, through all nodes.
 *
 * <p>A record that one node cannot take goes to the next one, with the same idempotency key: a node that dies costs time, not records,
 * and a file loaded twice is written once.
 */
@Command(name = "load", description = "Writes {\"key\":…,\"value\":…} lines; loading a file again changes nothing.")
final class Load implements Callable<Integer> {
    private static final int IN_FLIGHT = 32;
    private static final int TRIES = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Pattern HTTP_ADDRESS = Pattern.compile("\"http\":\"([^\"]+)\"");

    @ParentCommand
    private Quorate quorate;

    @Parameters(index = "0", paramLabel = "BUCKET")
    private String bucket;

    @Parameters(index = "1", paramLabel = "FILE", description = "A .jsonl file, or .jsonl.gz.")
    private Path file;

    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> endpoints = endpoints();
        Semaphore room = new Semaphore(IN_FLIGHT);
        ExecutorService workers = Executors.newFixedThreadPool(IN_FLIGHT);
        try (BufferedReader lines = open()) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int lineNumber = ++number;
                String record = line;
                room.acquire();
                workers.execute(() -> {
                    store(record, lineNumber, endpoints);
                    room.release();
                });
            }
        } finally {
            workers.shutdown();
            workers.awaitTermination(10, TimeUnit.MINUTES);
        }
        quorate.out().printf("%d stored, %d failed%n", stored.get(), failed.get());
        return failed.get() == 0 ? 0 : Quorate.REFUSED;
    }

    private void store(String line, int number, List<String> endpoints) {
        String trouble = "";
        try {
            SortedMap<String, String> fields = RawJson.fields(line);
            if (!fields.containsKey("key") || !fields.containsKey("value")) {
                throw new IOException("it needs \"key\" and \"value\"");
            }
            String key = RawJson.text(fields.get("key")).orElseThrow(() -> new IOException("its key is no string"));
            String once = "load-" + Long.toHexString(Hash.of(Bytes.utf8(line)));
            for (int attempt = 0; attempt < TRIES; attempt++) {
                HttpRequest put = NodeClient.request(
                                endpoints.get((number + attempt) % endpoints.size()), NodeClient.path(bucket, key))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", once)
                        .PUT(BodyPublishers.ofString(fields.get("value")))
                        .build();
                trouble = tryOnce(put);
                if (trouble.isEmpty()) {
                    progress(stored.incrementAndGet());
                    return;
                }
                // A node that just died, or sheds load: the next one, after a breath.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            trouble = e.getMessage();
        }
        failed.incrementAndGet();
        quorate.err().printf("line %d: %s%n", number, trouble);
    }

    /** Empty when the record was stored, else why not; throws when trying again is useless. */
    private String tryOnce(HttpRequest put) throws IOException {
        HttpResponse<String> answer;
        try {
            answer = quorate.client().send(put);
        } catch (IOException e) {
            return e.toString();
        }
        int status = answer.statusCode();
        if (status < 400) {
            return "";
        }
        if (status < 500 && status != 429) {
            throw new IOException(answer.body());
        }
        return answer.body();
    }

    private void progress(int count) {
        if (count % 5_000 == 0) {
            quorate.err().printf("%d stored%n", count);
        }
    }

    private List<String> endpoints() throws IOException {
        HttpResponse<String> cluster = quorate.client()
                .send(NodeClient.request(quorate.endpoint(), "/cluster").build());
        List<String> found = HTTP_ADDRESS
                .matcher(cluster.body())
                .results()
                .map(match -> match.group(1))
                .toList();
        return found.isEmpty() ? List.of(quorate.endpoint()) : found;
    }

    private BufferedReader open() throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }
}
