package io.quorate.node.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** YAML as a layer of the configuration. */
final class Yaml {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Yaml() {}

    /** All keys a file sets. */
    static List<Entry> entries(Path file) throws ConfigurationException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException absent) {
            throw new ConfigurationException("there is no configuration file " + file, absent);
        } catch (IOException unreadable) {
            throw new ConfigurationException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
        JsonNode root = value(text, file.toString());
        List<Entry> entries = new ArrayList<>();
        if (!root.isNull() && !root.isObject()) {
            throw new ConfigurationException(file + " must hold keys and values, such as \"http.port: 8101\"");
        }
        flatten("", root, file.toString(), entries);
        return entries;
    }

    /** One value, as it would stand after a key. */
    static JsonNode value(String text, String source) throws ConfigurationException {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isMissingNode() ? NullNode.getInstance() : node;
        } catch (JsonProcessingException malformed) {
            String reason = malformed.getOriginalMessage().lines().findFirst().orElse("unreadable");
            throw new ConfigurationException(
                    source + " is not YAML at line " + malformed.getLocation().getLineNr() + ": " + reason, malformed);
        }
    }

    private static void flatten(String prefix, JsonNode node, String source, List<Entry> entries) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = prefix + field.getKey();
            if (field.getValue().isObject() && !field.getValue().isEmpty()) {
                flatten(key + ".", field.getValue(), source, entries);
            } else {
                entries.add(new Entry(key, field.getValue(), source));
            }
        }
    }
}
