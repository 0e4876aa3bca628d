package io.quorate.node.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Environment variables as a layer of the configuration: {@code QUORATE_HTTP_PORT} sets {@code http.port}. */
final class Environment {
    static final String PREFIX = "QUORATE_";

    /** Read by the scripts, not by the node. */
    private static final Set<String> SCRIPT_VARIABLES = Set.of("QUORATE_JAVA_OPTS", "QUORATE_ENDPOINT");

    /** What Kubernetes sets in every container when a service is called {@code quorate}. */
    private static final String SERVICE_VARIABLES =
            "QUORATE_SERVICE_(HOST|PORT)(_.*)?|QUORATE_PORT(_[0-9]+_(TCP|UDP).*)?";

    private Environment() {}

    static List<Entry> entries(Map<String, String> variables) throws ConfigurationException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
            String name = variable.getKey().toUpperCase(Locale.ROOT);
            if (name.startsWith(PREFIX) && !SCRIPT_VARIABLES.contains(name) && !name.matches(SERVICE_VARIABLES)) {
                String source = "the environment (" + variable.getKey() + ")";
                entries.add(new Entry(key(name, variable.getKey()), Yaml.value(variable.getValue(), source), source));
            }
        }
        return entries;
    }

    private static String key(String name, String written) throws ConfigurationException {
        Optional<Key<?>> known =
                Keys.ALL.stream().filter(key -> key.variable().equals(name)).findFirst();
        if (known.isEmpty()) {
            String nearest =
                    Nearest.to(name, Keys.ALL.stream().map(Key::variable).toList());
            throw new ConfigurationException(
                    "environment variable " + written + " sets no known key; did you mean " + nearest + "?");
        }
        return known.get().name();
    }
}
