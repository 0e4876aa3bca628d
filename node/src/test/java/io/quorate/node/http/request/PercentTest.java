package io.quorate.node.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {
    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "a+b,a+b",
        "a%2Bb,a+b",
        "a%20b,a b",
        "a%2fb,a/b",
        "100%25,100%",
        // once, not twice
        "%2541,%41",
        "%D0%96,\u0416",
        "%e4%b8%ad,\u4e2d",
        "%F0%9F%98%80,\ud83d\ude00",
        // bytes that were not encoded at all, as curl sends them
        "\u00d0\u0096,\u0416"
    })
    void whatWasEncodedIsDecodedOnce(String raw, String decoded) {
        assertThat(Percent.decode(raw)).contains(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "a%",
                "%4g",
                "%g4",
                "%-1",
                "% 1",
                "%\u0661\u0661",
                "%80",
                "%C3",
                "%C3%28",
                "%C0%AF",
                "%ED%A0%80",
                "%F4%90%80%80",
                "%FF",
                "\u00e9",
                "\u4e2d"
            })
    void whatIsMalformedIsNotGuessedAt(String raw) {
        assertThat(Percent.decode(raw)).isEmpty();
    }

    @Property
    void everyTextComesBack(@ForAll("texts") String text) {
        StringBuilder raw = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            raw.append(String.format("%%%02X", b & 0xFF));
        }

        assertThat(Percent.decode(raw.toString())).contains(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
