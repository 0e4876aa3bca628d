package io.quorate.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumTest {
    @Property(tries = 100)
    void anyTwoMajoritiesMeet(@ForAll @IntRange(min = 1, max = 999) int n) {
        int majority = Quorum.MAJORITY.of(n);
        assertThat(majority).isBetween(1, n);
        assertThat(2 * majority).isGreaterThan(n);
        assertThat(2 * (majority - 1)).isLessThanOrEqualTo(n);
    }

    @ParameterizedTest
    @CsvSource({
        "one,5,1",
        "quorum,1,1",
        "quorum,2,2",
        "quorum,3,2",
        "quorum,4,3",
        "quorum,5,3",
        "all,5,5",
        "local_quorum,1,1",
        "local_quorum,2,2",
        "local_quorum,3,2",
        "1,5,1",
        "4,3,4",
        "999,3,999"
    })
    void aWordBecomesANumber(String text, int n, int expected) {
        Quorum quorum = Quorum.parse(text).orElseThrow();
        assertThat(quorum.of(n)).isEqualTo(expected);
        assertThat(quorum.label()).isEqualTo(text);
        assertThat(Quorum.parse(quorum.label())).contains(quorum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "01", "1000", "1.0", " 1", "ONE", "most", "٣"})
    void anythingElseIsNoQuorum(String text) {
        assertThat(Quorum.parse(text)).isEmpty();
    }
}
