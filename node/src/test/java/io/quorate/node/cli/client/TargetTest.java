package io.quorate.node.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "a-b._~9,a-b._~9",
        "PT/Évora,PT%2F%C3%89vora",
        "a b+c,a%20b%2Bc",
        "..,%2E%2E",
        "#?%&,%23%3F%25%26",
        "🌍,%F0%9F%8C%8D"
    })
    void aSegmentMayHoldAnything(String text, String encoded) {
        assertThat(Target.path("kv", text)).isEqualTo("/kv/" + encoded);
    }

    @Test
    void aQueryHasWhatHasAValue() {
        Map<String, Optional<String>> parameters = new LinkedHashMap<>();
        assertThat(Target.query(parameters)).isEmpty();
        parameters.put("n", Optional.empty());
        parameters.put("r", Optional.of("1"));
        parameters.put("w", Optional.of("a&b"));
        assertThat(Target.query(parameters)).isEqualTo("?r=1&w=a%26b");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8101,127.0.0.1:8101",
        "http://db1.example:80/,db1.example:80",
        "localhost,localhost:8101",
        "[::1]:8102,[::1]:8102"
    })
    void endpointsAreReadAsPeopleWriteThem(String text, String endpoint) {
        assertThat(Endpoint.parse(text)).hasToString(endpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://a", "a:0", "a:70000", "a:b", "a/b", "a b"})
    void anythingElseIsNoEndpoint(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
