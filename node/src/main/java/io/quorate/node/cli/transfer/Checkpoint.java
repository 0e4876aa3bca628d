package io.quorate.node.cli.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where a load that was broken off can go on.
 *
 * @param run names the load, so that what is sent again has the same idempotency key
 * @param fileBytes and fileMillis the file's size and time: of a changed file nothing is known
 * @param line all lines up to this one are done
 * @param witness a key that was written: if the cluster does not have it, it is not the cluster that was loaded
 */
record Checkpoint(String run, long fileBytes, long fileMillis, long line, String witness) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Beside the file, one for each bucket. */
    static Path beside(Path file, String bucket) {
        return file.resolveSibling(file.getFileName() + "." + bucket + ".progress");
    }

    /** What was saved of a load of this very file. */
    static Optional<Checkpoint> read(Path saved, Path file) throws IOException {
        if (!Files.isReadable(saved)) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(saved));
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
        Checkpoint checkpoint = new Checkpoint(
                json.path("run").asText(),
                json.path("fileBytes").asLong(),
                json.path("fileMillis").asLong(),
                json.path("line").asLong(),
                json.path("witness").asText());
        Checkpoint now = of(checkpoint.run, file, checkpoint.line, checkpoint.witness);
        return Optional.of(checkpoint).filter(now::equals);
    }

    static Checkpoint of(String run, Path file, long line, String witness) throws IOException {
        return new Checkpoint(
                run, Files.size(file), Files.getLastModifiedTime(file).toMillis(), line, witness);
    }

    /** Replaces what was saved, at one stroke. */
    void save(Path saved) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("run", run).put("fileBytes", fileBytes).put("fileMillis", fileMillis);
        json.put("line", line).put("witness", witness);
        Path next = saved.resolveSibling(saved.getFileName() + ".new");
        Files.write(next, JSON.writeValueAsBytes(json));
        Files.move(next, saved, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
