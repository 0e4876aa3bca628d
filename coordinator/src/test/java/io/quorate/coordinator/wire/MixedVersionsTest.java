package io.quorate.coordinator.wire;

import static io.quorate.coordinator.wire.WireFixture.ABSENT;
import static io.quorate.coordinator.wire.WireFixture.FETCH;
import static io.quorate.coordinator.wire.WireFixture.LIMITS;
import static io.quorate.coordinator.wire.WireFixture.LONG_MILLIS;
import static io.quorate.coordinator.wire.WireFixture.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.coordinator.wire.codec.Versions;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.BucketTable.Setting;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.message.ClusterReply.Buckets;
import io.quorate.core.message.ClusterRequest.ShareBuckets;
import io.quorate.core.message.Request;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes of releases that follow each other talk in the older one's words. */
class MixedVersionsTest {
    private static final Versions OLDER = new Versions(1, 1);
    private static final Versions NEXT = new Versions(2, 3);
    private static final Versions AFTER_NEXT = new Versions(3, 4);
    private static final BucketTable PLAIN = BucketTable.EMPTY.with("plain", setting(Quorum.ONE));
    private static final BucketTable BOTH = PLAIN.with("near", setting(Quorum.LOCAL));

    private final WireFixture wire = new WireFixture();
    private final LinkedBlockingQueue<Request> asked = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        serve("n2", Versions.SPOKEN);
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    @ParameterizedTest
    @CsvSource({"1,1,false", "1,2,true", "1,9,true", "2,2,true", "2,3,true"})
    void whoAsksIsAnsweredInWhatBothSpeak(int oldest, int newest, boolean knowsLocalQuorums) throws IOException {
        try (RawPeer peer = RawPeer.welcomed(wire.ports.get("n2"), new Versions(oldest, newest))) {
            peer.request(1, LONG_MILLIS, 0, new ShareBuckets(PLAIN));

            assertThat(peer.reply(1)).isEqualTo(new Buckets(knowsLocalQuorums ? BOTH : PLAIN));
        }
    }

    @Test
    void whoIsAskedIsAskedInWhatBothSpeak() {
        serve("n3", OLDER);
        serve("n4", NEXT);
        WireFixture.Client client = wire.client(node("n1"), LIMITS);

        assertThat(client.ask("n3", new ShareBuckets(BOTH))).isEqualTo(new Buckets(PLAIN));
        assertThat(WireFixture.next(asked)).isEqualTo(new ShareBuckets(PLAIN));
        assertThat(client.ask("n4", new ShareBuckets(BOTH))).isEqualTo(new Buckets(BOTH));
        assertThat(WireFixture.next(asked)).isEqualTo(new ShareBuckets(BOTH));
    }

    @Test
    void thoseThatHaveNoVersionInCommonLearnWhy() {
        serve("n5", AFTER_NEXT);
        LinkedBlockingQueue<String> reasons = new LinkedBlockingQueue<>();
        EventLoop loop = wire.loop(new SystemClock());
        PeerTransport transport = new PeerTransport(
                loop,
                node("n1"),
                LIMITS,
                new WireCounts(),
                id -> Optional.of(new Address("127.0.0.1", wire.ports.get(id))),
                new Failures(reasons));
        loop.scheduler().execute(() -> transport.call("n5", FETCH, LONG_MILLIS, (from, reply) -> {}));

        assertThat(WireFixture.next(reasons))
                .isEqualTo("n5: cannot connect to n5: refused: this node speaks protocol versions 3 to 4, not 1 to 2:"
                        + " upgrade the older side by way of a release that speaks a version of both");
    }

    private void serve(String id, Versions versions) {
        wire.server(new Identity("test", id, versions), LIMITS, (from, request, reply) -> {
            asked.add(request);
            reply.send(request instanceof ShareBuckets ? new Buckets(BOTH) : ABSENT);
        });
    }

    private static Setting setting(Quorum r) {
        Dot dot = new Dot(new Actor("n1", 1), 7);
        return new Setting(dot, Optional.of(new BucketProperties(3, r, Quorum.ALL, true, ConflictRule.SIBLINGS)));
    }

    /** Writes down why connections failed. */
    private record Failures(LinkedBlockingQueue<String> reasons) implements PeerListener {
        @Override
        public void onConnected(String node) {
            throw new AssertionError("connected to " + node);
        }

        @Override
        public void onDisconnected(String node) {
            throw new AssertionError("disconnected from " + node);
        }

        @Override
        public void onFailed(String node, String reason) {
            reasons.add(node + ": " + reason);
        }
    }
}
