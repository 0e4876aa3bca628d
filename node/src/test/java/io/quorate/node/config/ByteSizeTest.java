package io.quorate.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @Property
    void whatIsFormattedIsParsedAgain(@ForAll @LongRange(max = 999_999_999_999_999_999L) long bytes) {
        assertThat(ByteSize.parse(ByteSize.format(bytes))).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "4096,4096", "64KiB,65536", "1 MiB,1048576", "3GiB,3221225472", "7B,7"})
    void unitsArePowersOf1024(String text, long bytes) {
        assertThat(ByteSize.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1MB", "1.5MiB", "MiB", "9999999999TiB", "1  MiB", "12345678901234567890"})
    void anythingElseIsNoSize(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
    }
}
