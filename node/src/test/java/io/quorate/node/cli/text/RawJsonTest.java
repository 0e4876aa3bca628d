package io.quorate.node.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonTest {
    @Property(tries = 300)
    void everyFieldKeepsItsText(@ForAll("texts") List<String> texts, @ForAll("spaces") String space)
            throws IOException {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < texts.size(); i++) {
            json.append(i == 0 ? "" : ",").append(space).append("\"f" + i + "\"");
            json.append(space).append(':').append(space).append(texts.get(i)).append(space);
        }
        json.append("}").append(space);
        assertThat(RawJson.fields(utf8(json.toString())).values().stream()
                        .map(RawJsonTest::text)
                        .toList())
                .isEqualTo(texts);
    }

    @Property(tries = 300)
    void everyElementKeepsItsText(@ForAll("texts") List<String> texts, @ForAll("spaces") String space)
            throws IOException {
        String json = texts.stream().collect(Collectors.joining(space + "," + space, "[" + space, space + "]"));
        assertThat(RawJson.elements(utf8(json)).stream().map(RawJsonTest::text).toList())
                .isEqualTo(texts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\":1} {}", "{\"a\":1}x", "{\"a\":}", "{\"a\":1,\"a\":2}", "{\"a\":01}"})
    void anythingButOneObjectIsRefused(String json) {
        assertThatThrownBy(() -> RawJson.fields(utf8(json))).isInstanceOf(IOException.class);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> scalars = Arbitraries.of("1", "-0", "2.50", "1e5", "1E+400", "true", "false", "null");
        Arbitrary<String> others = Arbitraries.of(
                "123456789012345678901234567890",
                "\"\"",
                "\"Évora 🌍 \\u00e9 \\\" , } ]\"",
                "\"\\\\\"",
                "[]",
                "{}",
                "[1 , 2]",
                "{ \"b\": [ {} ],\n \"a\":2.50}");
        return Arbitraries.oneOf(scalars, others).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", " ", "\t\r\n ", "\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
