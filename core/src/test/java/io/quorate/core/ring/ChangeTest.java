package io.quorate.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Seat;
import io.quorate.core.cluster.Standing;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** By which members a cluster reads and writes at each step of a change. */
class ChangeTest {
    private static final MemberTable THREE =
            MemberTable.founding(Layouts.members(16, List.of(member("a"), member("b"), member("c"))));

    @Test
    void withoutAChangeThereIsOneSet() {
        assertReadsAndWrites(THREE, "abc", "");
    }

    @Test
    void aNewcomerIsWrittenToBeforeItIsReadFrom() {
        MemberTable joining = with(THREE, "d", "d", Standing.JOINING);
        assertReadsAndWrites(joining, "abc", "abcd");
        MemberTable admitted = joining.decide("d", Standing.ADMITTED);
        assertReadsAndWrites(admitted, "abcd", "abc");
        assertReadsAndWrites(admitted.decide("d", Standing.ACTIVE), "abcd", "");
    }

    @Test
    void aLeaverIsWrittenToAsLongAsAnybodyMayReadFromIt() {
        MemberTable leaving = THREE.decide("b", Standing.LEAVING);
        assertReadsAndWrites(leaving, "abc", "ac");
        MemberTable parting = leaving.decide("b", Standing.PARTING);
        assertReadsAndWrites(parting, "ac", "abc");
        MemberTable draining = parting.decide("b", Standing.DRAINING);
        assertReadsAndWrites(draining, "ac", "");
        assertThat(Ring.of(draining).holders()).containsExactly("a", "b", "c");
        assertThat(Ring.of(draining.decide("b", Standing.LEFT)).holders()).containsExactly("a", "c");
    }

    @Test
    void oneComesOrGoesAtATime() {
        MemberTable both = with(with(THREE, "d", "d", Standing.JOINING), "e", "e", Standing.JOINING);
        assertReadsAndWrites(both, "abc", "abcd");
        MemberTable next = both.decide("d", Standing.ADMITTED).decide("d", Standing.ACTIVE);
        assertReadsAndWrites(next, "abcd", "abcde");
        assertReadsAndWrites(next.decide("a", Standing.LEAVING), "abcd", "abcde");
    }

    @Test
    void whatAChangeGivesToANodeStaysTheSameThroughItsSteps() {
        MemberTable joining = with(THREE, "d", "d", Standing.JOINING);
        Ring ring = Ring.of(joining);

        assertThat(Ring.of(THREE).gains("a", 1)).isEmpty();
        assertThat(ring.gains("a", 2)).as("a newcomer takes, and gives nothing").isEmpty();
        assertThat(ring.gains("d", 2))
                .isEqualTo(IntStream.range(0, 16)
                        .filter(partition ->
                                ring.otherPreference(partition).orElseThrow().indexOf("d") < 2)
                        .boxed()
                        .toList());
        assertThat(ring.isCopied()).isFalse();
        Ring admitted = Ring.of(joining.decide("d", Standing.ADMITTED));
        assertThat(admitted.isCopied()).isTrue();
        assertThat(admitted.gains("d", 2)).isEqualTo(ring.gains("d", 2)).isNotEmpty();
        assertThat(Ring.of(THREE.decide("b", Standing.LEAVING)).gains("b", 2)).isEmpty();
    }

    /** Two sides of a partition may each have finished one: both have all their data, and neither is taken back. */
    @Test
    void whoeverHasItsDataComesFirst() {
        MemberTable both = with(with(THREE, "d", "d", Standing.ADMITTED), "e", "e", Standing.ADMITTED);
        assertReadsAndWrites(both, "abcde", "abce");
    }

    @Test
    void aNewcomerInADeadMembersPlaceIsOneChangeAndMovesNothingElse() {
        MemberTable replacing = with(THREE.decide("b", Standing.EXPELLING), "d", "b", Standing.JOINING);
        assertReadsAndWrites(replacing, "abc", "acd");
        Ring before = Ring.of(THREE);
        Ring changing = Ring.of(replacing);
        for (int partition = 0; partition < 16; partition++) {
            List<String> renamed = before.preference(partition).stream()
                    .map(id -> id.equals("b") ? "d" : id)
                    .toList();
            assertThat(changing.otherPreference(partition)).contains(renamed);
        }
    }

    @Test
    void onlyWhatChangesTheRingChangesItsDigest() {
        MemberEntry a = THREE.find("a").orElseThrow();
        MemberTable claimed = THREE.with(a.with(new Claim("x:1", "x:2", "s", true, "", 1, 2, 3)));
        assertThat(Ring.of(claimed).digest()).isEqualTo(Ring.of(THREE).digest());
        assertThat(Ring.of(THREE.decide("a", Standing.LEAVING)).digest())
                .isNotEqualTo(Ring.of(THREE).digest());
    }

    private static void assertReadsAndWrites(MemberTable table, String reading, String other) {
        Change change = Change.of(table);
        assertThat(ids(Optional.of(change.reading()))).isEqualTo(reading);
        assertThat(ids(change.other())).isEqualTo(other);
        assertThat(Ring.of(table).isChanging()).isEqualTo(!other.isEmpty());
    }

    private static String ids(Optional<Members> members) {
        return members.stream()
                .flatMap(set -> set.members().stream())
                .map(Member::id)
                .reduce("", String::concat);
    }

    private static MemberTable with(MemberTable table, String id, String slot, Standing standing) {
        Seat seat = new Seat(slot, "z", 1, "store", standing, table.epoch() + 1);
        return table.with(new MemberEntry(id, seat, new Claim("", "", "store", true, "", 0, 0, 1)));
    }

    private static Member member(String id) {
        return Layouts.member(id, "z", 1);
    }
}
