package io.quorate.node.cli;

import io.quorate.node.cli.client.Endpoint;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say whom to ask and how to show what is answered. */
final class Connecting {
    private static final String DEFAULT = "${env:QUORATE_ENDPOINT:-127.0.0.1:8101}";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            split = ",",
            defaultValue = DEFAULT,
            converter = EndpointConverter.class,
            description = {
                "Nodes to ask, the first that can be reached; separated by commas.",
                "Default: QUORATE_ENDPOINT, else 127.0.0.1:8101."
            })
    private List<Endpoint> endpoints = new ArrayList<>();

    @Option(names = "--json", description = "Prints the answer as the server gave it.")
    private boolean json;

    List<Endpoint> endpoints() {
        return endpoints;
    }

    boolean json() {
        return json;
    }

    /** Reads an endpoint from an argument. */
    static final class EndpointConverter implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String text) {
            try {
                return Endpoint.parse(text);
            } catch (IllegalArgumentException malformed) {
                throw new TypeConversionException(malformed.getMessage());
            }
        }
    }
}
