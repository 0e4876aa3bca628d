package io.quorate.node.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration from where it may be written: defaults, then a file, then the environment, then {@code --set}. */
public final class SettingsReader {
    private SettingsReader() {}

    /**
     * The settings of one node.
     *
     * @param environment variables; those that start with {@code QUORATE_} count
     * @param assignments {@code key=value} each, the value in YAML; a later one overrides an earlier
     */
    public static Settings read(Optional<Path> file, Map<String, String> environment, List<String> assignments)
            throws ConfigurationException {
        Values values = new Values();
        if (file.isPresent()) {
            values.add(Yaml.entries(file.get()));
        }
        values.add(Environment.entries(environment));
        values.add(assigned(assignments));
        return new SettingsResolver(values).resolve();
    }

    private static List<Entry> assigned(List<String> assignments) throws ConfigurationException {
        List<Entry> entries = new ArrayList<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new ConfigurationException("--set needs key=value, not \"" + assignment + "\"");
            }
            String key = assignment.substring(0, equals).trim();
            String source = "--set " + key;
            entries.add(new Entry(key, Yaml.value(assignment.substring(equals + 1), source), "--set"));
        }
        return entries;
    }
}
