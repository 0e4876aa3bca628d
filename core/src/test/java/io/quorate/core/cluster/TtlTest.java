package io.quorate.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TtlTest {
    @ParameterizedTest
    @CsvSource({"250ms,250", "30s,30000", "5m,300000", "12h,43200000", "7d,604800000", "3650d,315360000000"})
    void isReadAndShownInItsOwnWords(String text, long millis) {
        Ttl ttl = Ttl.parse(text).orElseThrow();
        assertThat(ttl.millis()).isEqualTo(millis);
        assertThat(ttl.label()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "d",
                "0s",
                "-1s",
                "1.5h",
                "7D",
                " 7d",
                "1w",
                "3651d",
                "999999999h",
                "9999999999s",
                "none"
            })
    void nothingElseIs(String text) {
        assertThat(Ttl.parse(text)).isEmpty();
    }
}
