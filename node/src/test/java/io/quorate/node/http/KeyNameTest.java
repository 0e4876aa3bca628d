package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as people name things: in every script, and with every sign that means something to a URL. */
class KeyNameTest {
    private static final TestNode NODE = TestNode.start();

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @BeforeEach
    void reset() {
        NODE.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "a/b/c",
                "/",
                "//",
                ".",
                "..",
                "../../etc/passwd",
                "100%",
                "%2F",
                "%",
                "a+b",
                "a?b=c&d",
                "a#b",
                "\"quoted\" and 'single'",
                "back\\slash",
                "semi;colon",
                "{tag}:x",
                "line\nbreak\ttab\u0000nul\u007f",
                "\u00e9t\u00e9",
                "\u0410\u043b\u0438\u0441\u0430",
                "\u0645\u0631\u062d\u0628\u0627",
                "\u05e9\u05dc\u05d5\u05dd",
                "\u0928\u092e\u0938\u094d\u0924\u0947",
                "\u4f60\u597d",
                "\u3053\u3093\u306b\u3061\u306f",
                "\uc548\ub155",
                "\u10d2\u10d0\u10db\u10d0\u10e0\u10ef\u10dd\u10d1\u10d0",
                "e\u0301 is not \u00e9",
                "\ud83d\ude00\ud83c\uddeb\ud83c\uddee",
                "\u2028\ufeff\uffff"
            })
    void everyKeyComesBackAsItWasNamed(String key) throws IOException {
        String target = "/kv/b/" + encoded(key);

        assertThat(put(target).status()).isEqualTo(200);
        assertThat(NODE.send("GET", target).json().getString("key")).isEqualTo(key);
        assertThat(NODE.send("GET", "/kv/b").json().getJsonArray("keys")).containsExactly(key);
    }

    @ParameterizedTest
    @CsvSource({
        "/kv/b/a/b,a/b",
        "/kv/b/a//,a//",
        "/kv/b//,/",
        "/kv/b/a+b,a+b",
        "/kv/b/a%2Bb%2525,a+b%25",
        "/kv/b/..,..",
        "/kv/%62/x,x",
        // raw UTF-8, as curl sends what was typed
        "/kv/b/\u00d0\u0096,\u0416",
        "http://example.org/kv/b/x?r=1,x"
    })
    void severalWaysToWriteAKey(String target, String key) throws IOException {
        Answer answer = put(target.replace("?r=1", ""));

        assertThat(answer.json().getString("key")).isEqualTo(key);
        assertThat(answer.json().getString("bucket")).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "/kv/b/,invalid_key",
        "/kv/b/%,invalid_key",
        "/kv/b/a%2,invalid_key",
        "/kv/b/%zz,invalid_key",
        "/kv/b/%C3,invalid_key",
        "/kv/b/%C0%AF,invalid_key",
        "/kv/b/%ED%A0%80,invalid_key",
        "/kv/b/\u00e9,invalid_key",
        "/kv/b/a#b,invalid_key",
        "/inspect/b,invalid_key",
        "/inspect/b/,invalid_key",
        "/kv/,invalid_parameter",
        "/kv//k,invalid_parameter",
        "/kv/a%2Fb/k,invalid_parameter",
        "/kv/a%20b/k,invalid_parameter",
        "/kv/%D0%96/k,invalid_parameter",
        "/kv/%zz/k,invalid_parameter",
        "/kv/a%20b,invalid_parameter",
        "/buckets/a%20b,invalid_parameter",
        "/buckets/,invalid_parameter"
    })
    void whatNamesNoKeyIsRefused(String target, String code) throws IOException {
        Answer answer = NODE.send("GET", target);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void namesHaveLimits() throws IOException {
        String longest = "\u00e9".repeat(512);

        assertThat(put("/kv/b/" + encoded(longest)).status()).isEqualTo(200);
        Answer tooLong = put("/kv/b/" + encoded(longest + "x"));
        assertThat(tooLong.status()).isEqualTo(414);
        assertThat(tooLong.code()).isEqualTo("key_too_long");
        assertThat(put("/kv/" + "b".repeat(64) + "/k").status()).isEqualTo(200);
        assertThat(put("/kv/" + "b".repeat(65) + "/k").code()).isEqualTo("invalid_parameter");
        assertThat(put("/kv/AZaz09._-/k").status()).isEqualTo(200);
    }

    private static Answer put(String target) throws IOException {
        return NODE.send("PUT", target, new byte[] {'1'});
    }

    /** Every byte that is not a letter or digit, as percent and two digits. */
    private static String encoded(String key) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z';
            encoded.append(plain ? Character.toString(b) : String.format("%%%02X", b & 0xFF));
        }
        return encoded.toString();
    }
}
