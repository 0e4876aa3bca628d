package io.quorate.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:9101", "10.0.0.1:1", "node-1.example.org:65535", "[::1]:9101", "[fe80::1.2.3.4]:0"})
    void anAddressIsReadAndWrittenAlike(String text) {
        assertThat(Address.parse(text).map(Address::toString)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "n1", "n1:", ":9101", "n1:65536", "n1:-1", "n1:x", "::1:9101", "[::1]", "[]:1", "a b:1"
            })
    void whatIsNoAddressIsNotRead(String text) {
        assertThat(Address.parse(text)).isEmpty();
    }
}
