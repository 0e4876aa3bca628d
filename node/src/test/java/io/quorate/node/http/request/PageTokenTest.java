package io.quorate.node.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
    @Property
    void aPlaceComesBack(@ForAll byte[] place) {
        assertThat(PageToken.parse(PageToken.of(Bytes.wrap(place), "b"), "b")).isEqualTo(Bytes.wrap(place));
    }

    @Test
    void aTokenIsOfOneBucket() {
        String token = PageToken.of(Bytes.utf8("place"), "b");

        assertThatThrownBy(() -> PageToken.parse(token, "c")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "AAAAAA", "not base64!", "cGxhY2Ux\u00e9"})
    void whatIsNoTokenIsRefused(String token) {
        assertThatThrownBy(() -> PageToken.parse(token, "b"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo("invalid_parameter"));
    }
}
