package io.quorate.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** The lines of a file for {@code load}: the same generated ones each time, or others that somebody has. */
final class Records {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GENERATED = 5_000;

    private static final List<String> NAMES = List.of(
            "Évora",
            "Ålesund",
            "Москва",
            "東京",
            "القاهرة",
            "Αθήνα",
            "서울",
            "दिल्ली",
            "תל אביב",
            "N'Djamena",
            "São Tomé",
            "the \"old\" town",
            "a/b//c",
            "#1",
            "100 %",
            "50%2F50",
            "q?n=1&r=2",
            "a+b",
            "..",
            "back\\slash",
            "tab\there",
            "🙂🚲",
            " blanks ");

    private Records() {}

    /** A file in the folder: a copy of what the system property {@code quorate.records} names, else generated. */
    static Path file(Path folder) throws IOException {
        String given = System.getProperty("quorate.records", "");
        if (given.isEmpty()) {
            Path generated = folder.resolve("records.jsonl");
            generate(generated);
            return generated;
        }
        Path source = Path.of(given);
        return Files.copy(source, folder.resolve(source.getFileName()));
    }

    /** Writes records in many scripts and with every character that has to be escaped somewhere. */
    static void generate(Path file) throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < GENERATED; i++) {
            String key = name(random) + "/" + name(random) + " " + i;
            lines.add(line(key, value(random, i)));
        }
        Files.write(file, lines);
    }

    /** The value of each key, as it stands in the file. */
    static Map<String, String> read(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                String before = values.put(JSON.readTree(line).get("key").asText(), RawField.of(line, "value"));
                if (before != null) {
                    throw new IOException("two lines have the key of " + line);
                }
                line = lines.readLine();
            }
        }
        return values;
    }

    private static String line(String key, String value) throws IOException {
        return "{\"key\":" + JSON.writeValueAsString(key) + ",\"value\":" + value + "}";
    }

    /** Texts that change when a parser prints them again. */
    private static String value(Random random, int i) throws IOException {
        return switch (i % 8) {
            case 0 -> "{\"z\": " + i + ".50, \"a\":1e3 , \"name\": " + JSON.writeValueAsString(name(random)) + "}";
            case 1 -> "[ 1.0,2.50, -0, 1E+2,\"\\u00e9\\/\", {} ]";
            case 2 -> "\"\\u00C9vora \\\\ \\\" \\ud83d\\ude42 " + i + "\"";
            case 3 -> i + ".000";
            case 4 -> i % 3 == 0 ? "null" : "true";
            case 5 -> "{\"nested\":{\"nested\":[[],[[" + i + "]]]},\"empty\":\"\"}";
            case 6 -> JSON.writeValueAsString(name(random));
            // Longer than what is sent whole by every replica.
            default ->
                "{\"text\":\"" + (Character.toString(name(random).codePointAt(0)) + "x").repeat(i % 5 == 0 ? 5_000 : 50)
                        + "\"}";
        };
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
