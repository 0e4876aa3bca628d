package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Tally.Decision;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Which sets of replicas make a quorum, and whether two of them meet, against all sets there are. */
class OverlapTest {
    private static final Key KEY = Key.of("b", "k");

    /** Of {@code layout}, one digit in base 3 is one node's zone. */
    @Property(tries = 500)
    void anAnswerSaysOverlapExactlyWhereAnyTwoQuorumsMeet(
            @ForAll @IntRange(min = 1, max = 5) int nodes,
            @ForAll @IntRange(min = 0, max = 242) int layout,
            @ForAll("quorums") Quorum asked,
            @ForAll("quorums") Quorum others) {
        MemberTable table = table(nodes, layout);
        Ring ring = Ring.of(table);
        List<String> replicas = ring.preference(0);
        String here = ring.zoneOf("n1").orElseThrow();
        ManualShard world = new ManualShard(Optional.of(here), table);
        Quota quota = quota(world, nodes, asked);
        boolean allMeet = quorums(ring, asked, here)
                .allMatch(one -> replicas.stream()
                        .flatMap(node -> ring.zoneOf(node).stream())
                        .distinct()
                        .flatMapToInt(zone -> quorums(ring, others, zone))
                        .allMatch(other -> (one & other) != 0));

        assertThat(Replicas.toRead(world.cluster(), KEY, quota).overlaps(quota, nodes, others))
                .isEqualTo(allMeet);
    }

    @Property(tries = 500)
    void whatATallyTakesForAQuorumIsOne(
            @ForAll @IntRange(min = 1, max = 5) int nodes,
            @ForAll @IntRange(min = 0, max = 242) int layout,
            @ForAll("quorums") Quorum asked,
            @ForAll @IntRange(min = 0, max = 31) int acknowledging) {
        MemberTable table = table(nodes, layout);
        Ring ring = Ring.of(table);
        String here = ring.zoneOf("n1").orElseThrow();
        ManualShard world = new ManualShard(Optional.of(here), table);
        Tally tally = new Tally(Replicas.toWrite(world.cluster(), KEY, quota(world, nodes, asked))
                .electorates());
        List<String> replicas = ring.preference(0);
        replicas.forEach(node -> tally.sent(node, Optional.empty()));
        for (int i = 0; i < nodes; i++) {
            if ((acknowledging & 1 << i) == 0) {
                tally.failed(replicas.get(i), "");
            } else {
                tally.acknowledged(replicas.get(i));
            }
        }
        boolean isQuorum = isQuorum(acknowledging & (1 << nodes) - 1, ring, asked, here);

        assertThat(tally.decide()).isEqualTo(isQuorum ? Decision.MET : Decision.OUT_OF_REACH);
        assertThat(tally.isMetBy(tally.acknowledgements().stream()
                        .map(Acknowledgement::node)
                        .toList()))
                .isEqualTo(isQuorum);
    }

    @Provide
    Arbitrary<Quorum> quorums() {
        return Arbitraries.of(Quorum.ONE, Quorum.MAJORITY, Quorum.ALL, Quorum.LOCAL);
    }

    private static Quota quota(ManualShard world, int n, Quorum asked) {
        ReadOptions options = new ReadOptions(
                Optional.of(new Quorum.Count(n)),
                Optional.of(asked),
                Optional.of(false),
                ReadOptions.DEFAULT.timeoutMillis(),
                ReadOptions.DEFAULT.repair(),
                ReadOptions.DEFAULT.atLeast());
        return ((Result.Done<Quota>) Quota.ofRead(options, BucketProperties.DEFAULT, world.cluster(), KEY)).answer();
    }

    private static MemberTable table(int nodes, int layout) {
        List<Member> members = new ArrayList<>();
        for (int i = 0, zones = layout; i < nodes; i++, zones /= 3) {
            members.add(new Member("n" + (i + 1), "", "", "zone" + zones % 3, 1));
        }
        return MemberTable.founding(new Members("c", 1, 1, members));
    }

    /** All sets of replicas, as bits, that are enough. */
    private static IntStream quorums(Ring ring, Quorum quorum, String zone) {
        return IntStream.range(0, 1 << ring.preference(0).size()).filter(set -> isQuorum(set, ring, quorum, zone));
    }

    private static boolean isQuorum(int set, Ring ring, Quorum quorum, String zone) {
        List<String> replicas = ring.preference(0);
        int voters = 0;
        for (int i = 0; i < replicas.size(); i++) {
            if (!quorum.isLocal() || ring.zoneOf(replicas.get(i)).equals(Optional.of(zone))) {
                voters |= 1 << i;
            }
        }
        return Integer.bitCount(set & voters) >= quorum.of(Integer.bitCount(voters));
    }
}
