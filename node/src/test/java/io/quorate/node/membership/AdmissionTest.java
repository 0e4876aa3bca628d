package io.quorate.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Seat;
import io.quorate.core.cluster.Standing;
import io.quorate.core.ring.Ring;
import io.quorate.node.membership.Admission.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may join, leave or be expelled, and when the next step of it is due. */
class AdmissionTest {
    private static final MemberTable THREE = MemberTable.founding(new Members(
            "c",
            16,
            1,
            Stream.of("a", "b", "c").map(id -> new Member(id, id, id, "z", 1)).toList()));

    @Test
    void aNewcomerIsSeatedAndAsksInVainForASecondSeat() {
        MemberTable joined = taken(join(THREE, wish("d", "d", "s1", 16)));
        assertThat(standing(joined, "d")).isEqualTo(Standing.JOINING);
        assertThat(taken(join(joined, wish("d", "d", "s1", 16)))).isEqualTo(joined);
        assertRefused(join(joined, wish("d", "d", "s2", 16)), "another data folder");
        assertRefused(join(THREE, wish("d", "d", "s1", 32)), "16 partitions");
    }

    @Test
    void whoWasRemovedComesBackOnlyWithoutItsOldData() {
        MemberTable left = taken(join(THREE, wish("d", "d", "s1", 16))).decide("d", Standing.LEFT);
        assertRefused(join(left, wish("d", "d", "s1", 16)), "wipe its data folder");
        assertThat(standing(taken(join(left, wish("d", "d", "s2", 16))), "d")).isEqualTo(Standing.JOINING);
    }

    @Test
    void onlyTheDeadAreReplacedOrExpelled() {
        assertRefused(join(THREE, wish("d", "b", "s1", 16)), "b is not taken for dead");
        MemberTable replacing = taken(Admission.join(THREE, wish("d", "b", "s1", 16), "b"::equals));
        assertThat(standing(replacing, "b")).isEqualTo(Standing.EXPELLING);
        assertThat(standing(replacing, "d")).isEqualTo(Standing.JOINING);
        assertRefused(Admission.expel(THREE, "b", id -> false), "b is not taken for dead");
        assertThat(standing(taken(Admission.expel(THREE, "b", "b"::equals)), "b"))
                .isEqualTo(Standing.EXPELLING);
        assertRefused(Admission.expel(THREE, "x", "x"::equals), "no member x");
    }

    @Test
    void aMemberLeavesButNotTheLast() {
        MemberTable leaving = taken(Admission.leave(THREE, "a"));
        assertThat(standing(leaving, "a")).isEqualTo(Standing.LEAVING);
        MemberTable last = THREE.decide("a", Standing.LEFT).decide("b", Standing.LEFT);
        assertRefused(Admission.leave(last, "c"), "last member");
        assertRefused(Admission.leave(last, "b"), "no member b");
        MemberTable joining = taken(join(THREE, wish("d", "d", "s1", 16)));
        assertThat(standing(taken(Admission.leave(joining, "d")), "d")).isEqualTo(Standing.LEFT);
    }

    @Test
    void aStepWaitsForAllToGoByTheRingAndToHaveTheirData() {
        MemberTable joining = taken(join(THREE, wish("d", "d", "s1", 16)));
        assertNotDue(joining);
        MemberTable copied = claim(joining, true, "a", "b", "c", "d");
        assertThat(standing(due(copied), "d")).isEqualTo(Standing.ADMITTED);
        assertNotDue(claim(joining, true, "a", "b", "c"));
        assertNotDue(claim(joining, false, "a", "b", "c", "d"));
        assertThat(standing(due(claim(joining.decide("c", Standing.EXPELLING), true, "a", "b", "d")), "d"))
                .as("the expelled are not waited for")
                .isEqualTo(Standing.ADMITTED);
    }

    @Test
    void theLastStepNeedsNoMoreCopying() {
        MemberTable admitted = taken(join(THREE, wish("d", "d", "s1", 16))).decide("d", Standing.ADMITTED);
        assertThat(standing(due(claim(admitted, false, "a", "b", "c", "d")), "d"))
                .isEqualTo(Standing.ACTIVE);
        MemberTable parting = THREE.decide("a", Standing.PARTING);
        assertThat(standing(due(claim(parting, false, "a", "b", "c")), "a")).isEqualTo(Standing.DRAINING);
        MemberTable expelled = THREE.decide("a", Standing.EXPELLED);
        assertThat(standing(due(claim(expelled, false, "b", "c")), "a")).isEqualTo(Standing.LEFT);
    }

    private static Verdict join(MemberTable table, MemberTable wish) {
        return Admission.join(table, wish, id -> false);
    }

    private static MemberTable wish(String id, String slot, String store, int partitions) {
        Seat seat = new Seat(slot, "z", 1, store, Standing.JOINING, 0);
        return MemberTable.empty("c", partitions)
                .with(new MemberEntry(id, seat, new Claim(id, id, store, false, "", 0, 0, 1)));
    }

    /** These say that they go by the ring, and perhaps that they have copied all. */
    private static MemberTable claim(MemberTable table, boolean copied, String... ids) {
        long ring = Ring.of(table).digest();
        MemberTable claimed = table;
        for (String id : ids) {
            Claim claim = new Claim(id, id, "s1", true, "", ring, copied ? ring : 0, 9);
            claimed = claimed.with(table.find(id).orElseThrow().with(claim));
        }
        return claimed;
    }

    private static MemberTable due(MemberTable table) {
        return NextStep.of(table, Ring.of(table)).orElseThrow();
    }

    private static void assertNotDue(MemberTable table) {
        assertThat(NextStep.of(table, Ring.of(table))).isEmpty();
    }

    private static Standing standing(MemberTable table, String id) {
        return table.find(id).orElseThrow().standing();
    }

    private static MemberTable taken(Verdict verdict) {
        assertThat(verdict.refusal()).isEmpty();
        return verdict.table();
    }

    private static void assertRefused(Verdict verdict, String words) {
        assertThat(verdict.refusal().orElse("")).contains(words);
    }
}
