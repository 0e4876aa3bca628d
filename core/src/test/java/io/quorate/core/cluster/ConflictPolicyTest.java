package io.quorate.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConflictPolicyTest {
    @ParameterizedTest
    @EnumSource
    void comesBackFromItsLabel(ConflictPolicy policy) {
        assertThat(ConflictPolicy.parse(policy.label())).contains(policy);
    }

    @Test
    void labelsAreThoseOfTheApi() {
        assertThat(ConflictPolicy.parse("siblings")).contains(ConflictPolicy.SIBLINGS);
        assertThat(ConflictPolicy.parse("last_write_wins")).contains(ConflictPolicy.LAST_WRITE_WINS);
        assertThat(ConflictPolicy.parse("SIBLINGS")).isEmpty();
    }
}
