package io.quorate.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlacementTest {
    @Property(tries = 150)
    void everyListHoldsEveryMemberOnceAndSpreadsOverZones(
            @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll @IntRange(min = 1, max = 12) int zones,
            @ForAll @IntRange(min = 1, max = 1000) int weightMax,
            @ForAll @IntRange(max = 7) int partitionBits,
            @ForAll long seed) {
        Members members = Layouts.members(1 << partitionBits, Layouts.nodes(count, zones, weightMax, seed));
        List<String> ids = members.members().stream().map(Member::id).toList();
        for (List<String> preference : Placement.of(members)) {
            assertThat(preference).containsExactlyInAnyOrderElementsOf(ids);
            for (int n = 1; n <= count; n++) {
                assertThat(Layouts.zonesAmong(members, preference.subList(0, n)))
                        .isEqualTo(Math.min(n, Math.min(zones, count)));
            }
        }
    }

    @Property(tries = 50)
    void dependsOnTheMembersAndNotOnTheirOrderOrAddresses(
            @ForAll @IntRange(min = 1, max = 20) int count,
            @ForAll @IntRange(min = 1, max = 5) int zones,
            @ForAll long seed) {
        List<Member> members = Layouts.nodes(count, zones, 4, seed);
        List<Member> others = new ArrayList<>();
        for (Member member : members) {
            others.add(new Member(member.id(), "elsewhere:1", "elsewhere:2", member.zone(), member.weight()));
        }
        Collections.shuffle(others, new Random(seed));
        assertThat(Placement.of(Layouts.members(Layouts.Q, others)))
                .isEqualTo(Placement.of(Layouts.members(Layouts.Q, members)));
    }

    @Property(tries = 200, seed = "1")
    void smallClustersAreBalanced(@ForAll @IntRange(min = 3, max = 10) int count, @ForAll long seed) {
        Ring ring = Layouts.ring(Layouts.equalNodes(count, seed));
        assertThat(Layouts.peak(ring, 3)).isLessThanOrEqualTo(1.10);
        assertThat(Layouts.peak(ring, 1)).isLessThanOrEqualTo(1.15);
        assertThat(Layouts.peak(ring, 2)).isLessThanOrEqualTo(1.10);
        assertThat(Layouts.peak(ring, Math.min(5, count))).isLessThanOrEqualTo(1.10);
    }

    @Property(tries = 200, seed = "2")
    void largeClustersAreBalanced(@ForAll @IntRange(min = 11, max = 50) int count, @ForAll long seed) {
        Ring ring = Layouts.ring(Layouts.equalNodes(count, seed));
        assertThat(Layouts.peak(ring, 3)).isLessThanOrEqualTo(1.20);
        assertThat(Layouts.peak(ring, 1)).isLessThanOrEqualTo(1.35);
        assertThat(Layouts.peak(ring, 2)).isLessThanOrEqualTo(1.25);
        assertThat(Layouts.peak(ring, 5)).isLessThanOrEqualTo(1.15);
    }

    @Property(tries = 50, seed = "3")
    void zonesOfOneSizeAreBalanced(
            @ForAll @IntRange(min = 2, max = 5) int zones,
            @ForAll @IntRange(min = 1, max = 4) int nodesPerZone,
            @ForAll long seed) {
        Ring ring = Layouts.ring(Layouts.nodes(zones * nodesPerZone, zones, 1, seed));
        assertThat(Layouts.peak(ring, Math.min(3, zones * nodesPerZone))).isLessThanOrEqualTo(1.15);
    }

    @Property(tries = 100, seed = "4")
    void weightedNodesAreNearTheirShare(
            @ForAll @IntRange(min = 5, max = 20) int count,
            @ForAll @IntRange(min = 1, max = 4) int weightMax,
            @ForAll long seed) {
        Ring ring = Layouts.ring(Layouts.nodes(count, 1, weightMax, seed));
        Map<String, Double> fair = Layouts.fairLoads(ring, 3);
        Layouts.loads(ring, 3)
                .forEach((id, load) -> assertThat(load / fair.get(id)).isBetween(0.55, 1.4));
    }

    @Property(tries = 400, seed = "5")
    void aJoinOrALeaveMovesLittleMoreThanItsShare(@ForAll @IntRange(min = 3, max = 50) int count, @ForAll long seed) {
        List<Member> members = Layouts.equalNodes(count + 1, seed);
        Ring with = Layouts.ring(members);
        Ring without = Layouts.ring(members.subList(0, count));
        double fair = 3.0 * Layouts.Q / (count + 1);
        assertThat(Layouts.moved(without, with, 3) / fair).isLessThanOrEqualTo(1.3);
        assertThat(Layouts.moved(with, without, 3) / fair).isLessThanOrEqualTo(1.3);
    }

    @Property(tries = 200, seed = "6")
    void aJoinMovesLittleMoreThanItsShareWithAZoneForEachCopy(
            @ForAll @IntRange(min = 3, max = 50) int count, @ForAll long seed) {
        List<Member> members = Layouts.nodes(count + 1, 3, 1, seed);
        Ring with = Layouts.ring(members);
        Ring without = Layouts.ring(members.subList(0, count));
        assertThat(Layouts.moved(without, with, 3) / Layouts.fairMove(without, with, 3))
                .isLessThanOrEqualTo(1.3);
    }

    @Property(tries = 200, seed = "7")
    void aJoinMovesNotMuchMoreThanItsShareWithAnyZonesAndWeights(
            @ForAll @IntRange(min = 4, max = 30) int count,
            @ForAll @IntRange(min = 1, max = 5) int zones,
            @ForAll @IntRange(min = 1, max = 4) int weightMax,
            @ForAll long seed) {
        List<Member> members = Layouts.nodes(count + 1, zones, weightMax, seed);
        Ring with = Layouts.ring(members);
        Ring without = Layouts.ring(members.subList(0, count));
        assertThat(Layouts.moved(without, with, 3) / Layouts.fairMove(without, with, 3))
                .isLessThanOrEqualTo(1.6);
    }

    @Test
    void noMembersHaveNoPreference() {
        assertThat(Placement.of(Layouts.members(4, List.of())))
                .isEqualTo(List.of(List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void alwaysGivesTheListsThatOtherReleasesGive() {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            members.add(Layouts.member("n" + i, "zone" + i % 4, 1 + i % 3));
        }
        String lists = Placement.of(Layouts.members(256, members)).toString();
        assertThat(Long.toHexString(Hash.of(Bytes.utf8(lists)))).isEqualTo("9e60725bb30a81a");
    }
}
