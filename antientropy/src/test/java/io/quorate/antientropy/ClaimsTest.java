package io.quorate.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A partition is exchanged with one initiator at a time. */
final class ClaimsTest {
    private final ManualTime time = new ManualTime();
    private final Claims claims = new Claims(time);

    @Test
    void onlyOneInitiatorHasAPartition() {
        assertThat(claims.claim(7, "n1")).isTrue();
        assertThat(claims.claim(7, "n2")).isFalse();
        assertThat(claims.claim(7, "n1")).isTrue();
        assertThat(claims.claim(8, "n2")).isTrue();
    }

    @Test
    void whatIsReleasedIsFreeAndOnlyItsInitiatorReleasesIt() {
        claims.claim(7, "n1");

        claims.release(7, "n2");
        assertThat(claims.claim(7, "n2")).isFalse();

        claims.release(7, "n1");
        assertThat(claims.claim(7, "n2")).isTrue();
    }

    @Test
    void anInitiatorThatFellSilentLosesIt() {
        claims.claim(7, "n1");

        time.pass(TimeUnit.SECONDS.toNanos(4));
        assertThat(claims.claim(7, "n2")).isFalse();
        claims.claim(7, "n1");
        time.pass(TimeUnit.SECONDS.toNanos(4));
        assertThat(claims.claim(7, "n2")).isFalse();

        time.pass(TimeUnit.SECONDS.toNanos(2));
        assertThat(claims.claim(7, "n2")).isTrue();
    }
}
