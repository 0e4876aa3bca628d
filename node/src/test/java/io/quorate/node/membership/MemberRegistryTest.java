package io.quorate.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Standing;
import io.quorate.core.message.ClusterReply.MemberTables;
import io.quorate.core.message.ClusterRequest.ShareMembers;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.time.HybridClock;
import io.quorate.core.time.HybridTime;
import io.quorate.node.membership.ManualNode.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberRegistryTest {
    private static final Bytes KEY = Bytes.utf8("members");
    private static final Claim CLAIM = new Claim("self:1", "self:2", "store", true, "", 7, 6, 0);

    private final ManualNode node = new ManualNode();
    private final List<MemberTable> heard = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final MemberTable founding = founding("c", "self", "other");
    private final MemberRegistry registry = life(founding);

    @Test
    void aDecisionIsDurableAndHeardOf() {
        registry.update(table -> table.decide("other", Standing.LEAVING), outcomes::add);

        assertThat(registry.table().find("other").orElseThrow().standing()).isEqualTo(Standing.LEAVING);
        assertThat(heard).containsExactly(registry.table());
        assertThat(outcomes).containsExactly(Outcome.DURABLE);
        MemberRegistry next = life(MemberTable.empty("c", 16));
        next.load(() -> {});
        assertThat(next.table()).isEqualTo(registry.table());
    }

    @Test
    void whatTheClusterWasFoundedWithIsKeptThoughNothingHappensToIt() {
        registry.load(() -> {});
        MemberRegistry next = life(MemberTable.empty("c", 16));
        next.load(() -> {});
        assertThat(next.table()).isEqualTo(founding);
        assertThat(node.writes).isEqualTo(1);
    }

    @Test
    void aMergeThatBringsNothingNewIsNoChange() {
        registry.load(() -> {});
        registry.merge(founding, outcomes::add);
        assertThat(heard).isEmpty();
        assertThat(outcomes).containsExactly(Outcome.DURABLE);
        assertThat(node.writes).isEqualTo(1);
    }

    @Test
    void aClaimIsDatedHereAndStatedOnceAsLongAsItSaysTheSame() {
        node.standStill(1_000);
        registry.claim(CLAIM);
        Claim stated = own(registry);
        assertThat(stated.isSameBut(CLAIM)).isTrue();
        assertThat(HybridTime.toMillis(stated.stated())).isEqualTo(1_000);

        registry.claim(CLAIM.statedAt(99));

        assertThat(own(registry)).isEqualTo(stated);
        assertThat(heard).hasSize(1);
    }

    @Test
    void onlyWhatMustOutliveTheProcessIsWrittenDown() {
        registry.claim(CLAIM);
        int writes = node.writes;
        registry.claim(new Claim("self:1", "self:2", "store", false, "full", 8, 6, 0));
        MemberTable news = founding.with(
                founding.find("other").orElseThrow().with(new Claim("other:1", "other:2", "", true, "", 5, 5, 9)));
        registry.merge(news, outcomes::add);
        assertThat(node.writes).isEqualTo(writes);
        assertThat(registry.table().find("other").orElseThrow().claim().ring()).isEqualTo(5);

        registry.claim(new Claim("self:1", "self:2", "store", false, "full", 8, 8, 0));
        assertThat(node.writes).isEqualTo(writes + 1);
        registry.merge(
                founding.with(founding.find("other")
                        .orElseThrow()
                        .with(new Claim("moved:1", "other:2", "", true, "", 5, 5, 10))),
                outcomes::add);
        assertThat(node.writes).isEqualTo(writes + 2);
    }

    /** An older life had a clock that was an hour ahead: what it said must not hold for that hour. */
    @Test
    void whatOthersShowOfUsIsCorrected() {
        registry.claim(CLAIM);
        long ahead = HybridTime.ofMillis(3_600_000);
        Claim old = new Claim("old:1", "old:2", "store", true, "", 1, 1, ahead);
        MemberTable theirs = founding.with(founding.find("self").orElseThrow().with(old));

        registry.merge(theirs, outcomes::add);

        assertThat(own(registry).isSameBut(CLAIM)).isTrue();
        assertThat(own(registry).stated()).isGreaterThan(ahead);
        assertThat(theirs.merge(registry.table())).isEqualTo(registry.table());
        registry.merge(theirs, outcomes::add);
        assertThat(heard).hasSize(2);
    }

    @Test
    void aClaimWaitsUntilWeAreAMember() {
        MemberRegistry newcomer = life(MemberTable.empty("c", 16));
        newcomer.claim(CLAIM);
        assertThat(newcomer.table().entries()).isEmpty();
        newcomer.merge(founding, outcomes::add);
        assertThat(own(newcomer).isSameBut(CLAIM)).isTrue();
    }

    @Test
    void nothingIsTakenFromAnotherCluster() {
        registry.merge(founding("d", "self", "stranger"), outcomes::add);
        assertThat(registry.table()).isEqualTo(founding);
        assertThat(heard).isEmpty();
    }

    @Test
    void aDecisionThatTheDiskRefusedIsWrittenWithTheNextMerge() {
        node.outcome = Outcome.READ_ONLY;
        registry.update(table -> table.decide("other", Standing.LEAVING), outcomes::add);
        node.outcome = Outcome.DURABLE;
        registry.whenDurable(outcomes::add);
        assertThat(outcomes).containsExactly(Outcome.READ_ONLY, Outcome.DURABLE);
        MemberRegistry next = life(founding);
        next.load(() -> {});
        assertThat(next.table().find("other").orElseThrow().standing()).isEqualTo(Standing.LEAVING);
    }

    @Test
    void aPeerWithAnotherTableIsGivenOursAndGivesBackTheMergedOne() {
        registry.onDigest("other", registry.digest());
        assertThat(node.take()).isEmpty();

        MemberTable theirs = founding.decide("other", Standing.LEAVING);
        registry.onDigest("other", theirs.digest());
        Call call = node.only(ShareMembers.class);
        assertThat(call.request()).isEqualTo(new ShareMembers(founding));
        call.reply(new MemberTables(theirs));

        assertThat(registry.table()).isEqualTo(theirs);
        assertThat(registry.digest()).isEqualTo(theirs.digest());
    }

    @Test
    void whoForgetsStartsFromWhatItIsTold() {
        registry.forget();
        assertThat(registry.table()).isEqualTo(MemberTable.empty("c", 16));
        MemberRegistry next = life(MemberTable.empty("c", 16));
        next.load(() -> {});
        assertThat(next.table().entries()).isEmpty();
    }

    private MemberRegistry life(MemberTable initial) {
        HybridClock clock = new HybridClock(node, 0, 0, 60_000);
        return new MemberRegistry("self", initial, clock, new Home(KEY, node, node), heard::add);
    }

    private static Claim own(MemberRegistry registry) {
        return registry.table().find("self").orElseThrow().claim();
    }

    private static MemberTable founding(String cluster, String... ids) {
        return MemberTable.founding(new Members(
                cluster,
                16,
                1,
                List.of(ids).stream()
                        .map(id -> new Member(id, id + ":1", id + ":2", "", 1))
                        .toList()));
    }
}
