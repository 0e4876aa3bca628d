package io.quorate.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.Copying;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Seat;
import io.quorate.core.cluster.Standing;
import io.quorate.core.ring.Ring;
import io.quorate.node.membership.ChangeProgress.Copied;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a node makes of what the members say of their copying. */
class ChangeProgressTest {
    private static final int N = 3;
    private static final MemberTable FOUR = MemberTable.founding(new Members(
            "c",
            64,
            1,
            Stream.of("a", "b", "c", "d")
                    .map(id -> new Member(id, id, "", "", 1))
                    .toList()));

    @Test
    void nothingIsShownWhileNobodyComesOrGoes() {
        assertThat(progress(FOUR, Map.of())).isEmpty();
    }

    @Test
    void aNewcomerSaysHowFarItIs() {
        MemberTable joining = joining("e");
        long ring = Ring.of(joining).digest();
        int all = Ring.of(joining).gains("e", N).size();
        assertThat(all).isBetween(30, 45);

        ChangeProgress progress = progress(
                        joining, Map.of("e", new Copying(ring, 9_000, 10), "a", new Copying(ring, 8_000, 0)))
                .orElseThrow();

        assertThat(progress.member()).isEqualTo("e");
        assertThat(progress.copying()).containsEntry("e", new Copied(all, 10));
        assertThat(progress.begunMillis()).as("as the first dates it").isEqualTo(8_000);
        assertThat(progress.runningMillis()).isEqualTo(2_000);
        assertThat(progress.leftMillis()).hasValue(2_000L * (progress.total().partitions() - 10) / 10);
    }

    @Test
    void whatWasSaidOfAnotherRingCountsForNothing() {
        ChangeProgress progress =
                progress(joining("e"), Map.of("e", new Copying(1, 9_000, 10))).orElseThrow();

        assertThat(progress.total().copied()).isZero();
        assertThat(progress.runningMillis()).isZero();
        assertThat(progress.leftMillis()).isEmpty();
    }

    @Test
    void whoeverIsNextIsNamed() {
        MemberTable both = joining("e").decide("b", Standing.LEAVING);

        assertThat(progress(both, Map.of()).orElseThrow().next()).containsExactly("b");
    }

    /** Those that follow it each copy a part. */
    @Test
    void theOthersSayHowFarALeaverIs() {
        MemberTable leaving = FOUR.decide("d", Standing.LEAVING);
        Ring ring = Ring.of(leaving);

        ChangeProgress progress = progress(
                        leaving,
                        Map.of(
                                "a",
                                        new Copying(
                                                ring.digest(),
                                                9_000,
                                                ring.gains("a", N).size()),
                                "b", new Copying(ring.digest(), 9_000, 1_000)))
                .orElseThrow();

        assertThat(progress.copying().keySet()).containsExactly("a", "b", "c");
        assertThat(progress.total().partitions()).as("all that d had").isEqualTo(owned(ring, "d"));
        assertThat(progress.total().copied())
                .as("nobody has more than it gets")
                .isEqualTo(progress.total().partitions() - ring.gains("c", N).size());
    }

    @Test
    void allIsCopiedWhenReadsGoByTheNewRing() {
        int all = progress(joining("e"), Map.of()).orElseThrow().total().partitions();

        ChangeProgress progress =
                progress(joining("e").decide("e", Standing.ADMITTED), Map.of()).orElseThrow();

        assertThat(progress.total()).isEqualTo(new Copied(all, all));
        assertThat(progress.leftMillis()).hasValue(0);
    }

    private static Optional<ChangeProgress> progress(MemberTable table, Map<String, Copying> said) {
        return ChangeProgress.of(table, Ring.of(table), said, N, 10_000);
    }

    private static MemberTable joining(String id) {
        Seat seat = new Seat(id, "", 1, "store", Standing.JOINING, FOUR.epoch() + 1);
        return FOUR.with(new MemberEntry(id, seat, new Claim(id, "", "store", false, "", 0, 0, 1)));
    }

    private static int owned(Ring ring, String node) {
        return (int) IntStream.range(0, ring.partitions())
                .filter(partition -> ring.preference(partition).indexOf(node) < N)
                .count();
    }
}
