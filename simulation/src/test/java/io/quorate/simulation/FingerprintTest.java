package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
    private final Fingerprint fingerprint = new Fingerprint();

    @Test
    void equalContentHasEqualFingerprints() {
        assertThat(fingerprint.of(fetched("v"))).isEqualTo(new Fingerprint().of(fetched("v")));
        assertThat(fingerprint.of(List.of(1, "a"))).isEqualTo(fingerprint.of(List.of(1, "a")));
        assertThat(fingerprint.of(Set.of(1, 2, 3))).isEqualTo(fingerprint.of(Set.of(3, 2, 1)));
        assertThat(fingerprint.of(Map.of("a", 1, "b", 2))).isEqualTo(fingerprint.of(Map.of("b", 2, "a", 1)));
        assertThat(fingerprint.of(new long[] {1, 2})).isEqualTo(fingerprint.of(new long[] {1, 2}));
        assertThat(fingerprint.of(new Object())).isEqualTo(fingerprint.of(new Object()));
    }

    @Test
    void whatBytesHoldCounts() {
        assertThat(fetched("v")).hasToString(fetched("w").toString());
        assertThat(fingerprint.of(fetched("v"))).isNotEqualTo(fingerprint.of(fetched("w")));
        assertThat(fingerprint.of(new byte[] {1})).isNotEqualTo(fingerprint.of(new byte[] {2}));
    }

    @Test
    void differentContentHasDifferentFingerprints() {
        assertThat(fingerprint.of(new Refused(Refused.Reason.OVERLOADED, "")))
                .isNotEqualTo(fingerprint.of(new Refused(Refused.Reason.READ_ONLY, "")));
        assertThat(fingerprint.of(Optional.of("a"))).isNotEqualTo(fingerprint.of(Optional.empty()));
        assertThat(fingerprint.of(List.of(1, 2))).isNotEqualTo(fingerprint.of(List.of(2, 1)));
        assertThat(fingerprint.of(Map.of("a", "b"))).isNotEqualTo(fingerprint.of(Map.of("b", "a")));
        assertThat(fingerprint.of(1.5)).isNotEqualTo(fingerprint.of(1));
    }

    private static ReplicaReply.Fetched fetched(String value) {
        return new ReplicaReply.Fetched(1, Bytes.utf8(value), false);
    }
}
