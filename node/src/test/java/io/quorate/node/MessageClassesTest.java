package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.message.ClusterRequest;
import io.quorate.core.message.ExchangeReply;
import io.quorate.core.message.Lost;
import io.quorate.core.message.ReplicaRequest;
import org.junit.jupiter.api.Test;

class MessageClassesTest {
    @Test
    void allKindsAreFound() {
        assertThat(MessageClasses.all())
                .contains(ReplicaRequest.Owe.class, ClusterRequest.Heartbeat.class, Lost.class)
                .anyMatch(ExchangeReply.class::isAssignableFrom)
                .doesNotHaveDuplicates()
                .noneMatch(Class::isInterface);
    }
}
