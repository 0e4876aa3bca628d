package io.quorate.node.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.vertx.core.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "false",
                "0",
                "-0",
                "2.50",
                "1e400",
                "-12.5E-7",
                "\"\"",
                "\"\u0416\u4e2d\ud83d\ude00\u2028\"",
                "\"\\ud83d\\ude00\"",
                "\"\\uD83D\\uDE00\\\\u\\\\ud800\"",
                "\"\\u0000\\b\\f\\n\\r\\t\\/\\\\\\\"\"",
                "{\"a\":1,\"a\":2}",
                " \t\r\n{ \"b\" : [ 1 , { } ] }\n",
                "{\"\":{\"\":[]}}",
                "123456789012345678901234567890.123456789012345678901234567890"
            })
    void whatIsOneJsonValueIsAccepted(String text) {
        assertThat(JsonText.fault(utf8(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "``,1,1",
                "`  `,1,3",
                "{,1,2",
                "`{\"a\":1,}`,1,8",
                "`[1,]`,1,4",
                "`[1,,2]`,1,4",
                "`[1 2]`,1,4",
                "NaN,1,4",
                "Infinity,1,9",
                "-Infinity,1,10",
                "'a',1,1",
                "{a:1},1,2",
                "`{\"a\" 1}`,1,6",
                "`{\"a\":1 \"b\":2}`,1,8",
                "01,1,2",
                "-,1,2",
                "1.,1,2",
                ".5,1,1",
                "+1,1,2",
                "0x10,1,2",
                "tru,1,1",
                "nulll,1,1",
                "True,1,1",
                "undefined,1,1",
                "1 2,1,3",
                "`{} {}`,1,4",
                "`{}}`,1,3",
                "`\"a\"b`,1,4",
                "/* c */ 1,1,1",
                "1 // c,1,3",
                "# c,1,1",
                "`\"abc`,1,5",
                "`\"\\x\"`,1,3",
                "`\"\\u12\"`,1,6",
                "`\"\t\"`,1,2",
                "`{\"a\":\n1,\n \"b\":}`,3,6",
                "`[1,\r\n\r\n x]`,3,2",
                "`[\"\u0416\u4e2d\", x]`,1,8"
            })
    void whatIsNotIsRefusedAtItsPlace(String text, int line, int column) {
        JsonFault fault = JsonText.fault(utf8(text)).orElseThrow();

        assertThat(fault.reason()).isNotBlank().doesNotContain("`", "Source", "enable");
        assertThat(fault.line() + ":" + fault.column()).isEqualTo(line + ":" + column);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud800\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800x\"",
                "\"\\ud800\\n\"",
                "{\"\\ud83d\":1}"
            })
    void halfOfASurrogatePairIsRefused(String text) {
        assertThat(JsonText.fault(utf8(text)).orElseThrow().reason()).contains("surrogate");
    }

    @ParameterizedTest
    @CsvSource({
        // a lone continuation byte, one that is missing, and one that is cut off
        "2280 22",
        "22c3 22",
        "22e4b8 22",
        "22f09f98",
        // overlong forms of a slash and of NUL
        "22c0af22",
        "22e080af22",
        "22f08080af22",
        "22c08022",
        // surrogates, beyond the last character, and bytes that are never UTF-8
        "22eda08022",
        "22edbfbf22",
        "22f490808022",
        "22f588808022",
        "22fe22",
        "22ff22",
        // Latin-1
        "22e9e8e022"
    })
    void bytesThatAreNotUtf8AreRefused(String hex) {
        byte[] text = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThat(JsonText.fault(text).orElseThrow().reason()).contains("UTF-8");
    }

    @Test
    void otherEncodingsOfUnicodeAreRefused() {
        assertThat(JsonText.fault("{}".getBytes(StandardCharsets.UTF_16BE))).isPresent();
        assertThat(JsonText.fault("{}".getBytes(StandardCharsets.UTF_16LE))).isPresent();
        assertThat(JsonText.fault("{}".getBytes(StandardCharsets.UTF_16))).isPresent();
        assertThat(JsonText.fault(new byte[] {0, 0, 0, '1'})).isPresent();
        assertThat(JsonText.fault(utf8("\ufeff{}")).orElseThrow().reason()).contains("byte order mark");
    }

    @Test
    void nestingHasALimit() {
        String deepest = "[".repeat(JsonText.NESTING_MAX) + "]".repeat(JsonText.NESTING_MAX);

        assertThat(JsonText.fault(utf8(deepest))).isEmpty();
        assertThat(JsonText.fault(utf8("[" + deepest + "]")).orElseThrow().reason())
                .contains("nesting");
    }

    @Test
    void numbersNamesAndStringsOfAnyLengthAreAccepted() {
        String digits = "7".repeat(200_000);
        String letters = "x".repeat(200_000);

        assertThat(JsonText.fault(utf8(digits + "." + digits))).isEmpty();
        assertThat(JsonText.fault(utf8("{\"" + letters + "\":\"" + letters + "\"}")))
                .isEmpty();
    }

    @Test
    void onlyTheSpaceAroundAValueIsTrimmed() {
        assertThat(JsonText.trim(utf8(" \r\n\t{ \"a\" : 2.50 }\n")).toUtf8()).isEqualTo("{ \"a\" : 2.50 }");
        byte[] untouched = utf8("1");
        assertThat(JsonText.trim(untouched).array()).isSameAs(untouched);
    }

    @Property
    void theCheckOfCharactersAgreesWithTheDecoderOfTheJdk(@ForAll @Size(max = 24) byte[] text) {
        byte[] plain = text.clone();
        for (int i = 0; i < plain.length; i++) {
            // Zero bytes and escapes are more than the decoder looks at.
            if (plain[i] == 0 || plain[i] == '\\') {
                plain[i] = 'x';
            }
        }

        assertThat(Unicode.fault(plain).isEmpty()).isEqualTo(isUtf8(plain));
    }

    @Property
    void everyStringIsAcceptedAsItIsWritten(@ForAll String text) {
        byte[] json = new JsonOut(1).string(text).toBuffer().getBytes();
        boolean halved = text.chars().anyMatch(c -> Character.isSurrogate((char) c))
                && !StandardCharsets.UTF_8.newEncoder().canEncode(text);

        assertThat(JsonText.fault(json).isPresent()).isEqualTo(halved);
        assertThat(Json.decodeValue(Bytes.wrap(json).toUtf8())).isEqualTo(text);
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
