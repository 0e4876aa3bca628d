package io.quorate.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The files in {@code conf/} are the operators' reference: they must be complete and say what is so. */
class ShippedFilesTest {
    private static final Path CONF = Path.of("..", "conf");

    @Test
    void productionNamesEveryKey() throws ConfigurationException {
        List<String> named = Yaml.entries(CONF.resolve("production.yaml")).stream()
                .map(Entry::key)
                .toList();
        assertThat(named)
                .containsExactlyElementsOf(Keys.ALL.stream().map(Key::name).toList());
    }

    @Test
    void productionShowsTheDefaults() throws ConfigurationException {
        assertThat(read("production.yaml")).isEqualTo(SettingsReader.read(Optional.empty(), Map.of(), List.of()));
    }

    @Test
    void localIsValid() throws ConfigurationException {
        assertThat(read("local.yaml").cluster().name()).isEqualTo("local");
    }

    private static Settings read(String file) throws ConfigurationException {
        return SettingsReader.read(Optional.of(CONF.resolve(file)), Map.of(), List.of());
    }
}
