package io.quorate.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Copying;
import io.quorate.core.message.ClusterReply.Alive;
import io.quorate.core.message.ClusterReply.Reached;
import io.quorate.core.message.ClusterRequest.Heartbeat;
import io.quorate.core.message.ClusterRequest.ProbeFor;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Reply;
import io.quorate.core.version.Actor;
import io.quorate.node.membership.FailureDetector.Surroundings;
import io.quorate.node.membership.FailureDetector.Timing;
import io.quorate.node.membership.ManualNode.Call;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureDetectorTest {
    private static final int INTERVAL = 500;
    private static final Timing TIMING = new Timing(INTERVAL, 1_500);
    private static final int SUSPICION_TICKS = 1_500 / INTERVAL;
    private static final int CONVICTION_TICKS_MAX = (1_500 + 9_000) / INTERVAL + 3;

    private final ManualNode node = new ManualNode();
    private final Set<String> silent = new LinkedHashSet<>();
    private final Set<String> notServing = new LinkedHashSet<>();
    private final Set<String> reachedByOthers = new LinkedHashSet<>();
    private final Map<String, Integer> asked = new TreeMap<>();
    private final List<ProbeFor> questions = new ArrayList<>();
    private Set<String> reachable = Set.of();
    private Set<String> down = Set.of();
    private final FailureDetector detector = new FailureDetector(
            TIMING,
            new Surroundings(node, node, node, new SplittableRandom(1)),
            () -> new Heartbeat(new Actor("self", 1), true, 0, 0),
            new FailureDetector.Listener() {
                @Override
                public void onReachable(Set<String> peers) {
                    reachable = peers;
                }

                @Override
                public void onDown(Set<String> peers) {
                    down = peers;
                }

                @Override
                public void onAlive(String peer, Alive alive) {}
            });

    @Test
    void aPeerIsReachableOnceItHasAnswered() {
        start("a", "b");
        assertThat(reachable).isEmpty();
        assertThat(detector.isSettled()).isFalse();

        answer();

        assertThat(reachable).containsExactly("a", "b");
        assertThat(detector.isSettled()).isTrue();
    }

    @Test
    void aPeerThatNeverAnswersIsWaitedForNoLongerThanTheSuspicion() {
        silent.add("b");
        start("a", "b");
        ticks(SUSPICION_TICKS);
        assertThat(detector.isSettled()).isFalse();
        ticks(1);
        assertThat(detector.isSettled()).isTrue();
        assertThat(reachable).containsExactly("a");
    }

    @Test
    void aPeerThatDoesNotServeYetIsWaitedFor() {
        notServing.add("b");
        startAnswered("a", "b");
        assertThat(detector.isSettled()).isFalse();

        notServing.clear();
        ticks(1);

        assertThat(detector.isSettled()).isTrue();
    }

    @Test
    void oneThatHasJustSaidThatItDoesNotServeIsAskedAgainWhenItSaysThatItDoes() {
        notServing.add("b");
        startAnswered("a", "b");

        detector.onHeartbeat("b", new Heartbeat(new Actor("b", 1), true, 0, 0));

        node.only(Heartbeat.class).reply(new Alive(new Actor("b", 1), true, 0, 0, Copying.NONE));
        assertThat(reachable).containsExactly("a", "b");
    }

    @Test
    void oneThatIsAvoidedIsAskedAsSoonAsItIsConnected() {
        silent.add("b");
        start("a", "b");
        answer();
        silent.clear();

        detector.onConnected("a");
        detector.onConnected("b");
        detector.onConnected("a stranger");

        Call call = node.only(Heartbeat.class);
        assertThat(call.node()).isEqualTo("b");
        call.reply(alive("b"));
        assertThat(reachable).containsExactly("a", "b");
    }

    @Test
    void aSilentPeerIsAvoidedWhenTheTimeOfSuspicionIsOver() {
        startAnswered("a", "b", "c");
        silent.add("b");
        ticks(SUSPICION_TICKS);
        assertThat(reachable).contains("b");
        ticks(1);
        assertThat(reachable).containsExactly("a", "c");
        assertThat(down).isEmpty();
    }

    @Test
    void anAnswerRefutesASuspicionAtOnce() {
        startAnswered("a", "b");
        silent.add("b");
        ticks(8);
        silent.clear();
        ticks(1);
        assertThat(reachable).containsExactly("a", "b");
    }

    @Test
    void aSuspectOfWhomNobodyHearsIsConvictedAndAnAnswerAcquitsIt() {
        startAnswered("a", "b", "c");
        silent.add("b");
        ticks(CONVICTION_TICKS_MAX - 3);
        assertThat(down).isEmpty();
        ticks(3);
        assertThat(down).containsExactly("b");

        silent.clear();
        ticks(1);
        assertThat(down).isEmpty();
        assertThat(reachable).containsExactly("a", "b", "c");
    }

    @Test
    void aPeerThatOthersReachIsAvoidedAndNotConvicted() {
        startAnswered("a", "b", "c");
        silent.add("b");
        reachedByOthers.add("b");
        ticks(4 * CONVICTION_TICKS_MAX);
        assertThat(reachable).containsExactly("a", "c");
        assertThat(down).isEmpty();

        reachedByOthers.clear();
        ticks(CONVICTION_TICKS_MAX);
        assertThat(down).containsExactly("b");
    }

    @Test
    void aConvictOfWhomOthersHearAgainIsASuspectAgain() {
        startAnswered("a", "b", "c");
        silent.add("b");
        ticks(CONVICTION_TICKS_MAX);
        assertThat(down).containsExactly("b");
        reachedByOthers.add("b");
        ticks(CONVICTION_TICKS_MAX);
        assertThat(down).isEmpty();
        assertThat(reachable).doesNotContain("b");
    }

    @Test
    void noMoreThanThreeAreAskedAboutASuspectAndNeverTheSuspect() {
        startAnswered("a", "b", "c", "d", "e", "f", "g");
        detector.onDisconnected("d");
        assertThat(reachable).doesNotContain("d");
        node.standStill(INTERVAL);
        node.wake();
        List<Call> relays = node.take(ProbeFor.class);
        assertThat(relays).hasSize(3).allMatch(call -> call.request().equals(new ProbeFor("d")));
        assertThat(relays.stream().map(Call::node).distinct()).hasSize(3).doesNotContain("d");
    }

    @Test
    void aBrokenConnectionIsNewsAtOnceAndAnAnswerEndsIt() {
        startAnswered("a", "b");
        ticks(1);
        node.standStill(INTERVAL);
        node.wake();
        node.take().forEach(call -> call.reply(call.node().equals("b") ? new Lost() : alive("a")));
        assertThat(reachable).containsExactly("a");
        ticks(1);
        assertThat(reachable).containsExactly("a", "b");
        detector.onDisconnected("stranger");
        assertThat(reachable).containsExactly("a", "b");
    }

    @Test
    void aPeerThatSaysItDoesNotServeIsAvoidedAndNeverConvicted() {
        startAnswered("a", "b");
        notServing.add("b");
        ticks(1);
        assertThat(reachable).containsExactly("a");
        ticks(2 * CONVICTION_TICKS_MAX);
        assertThat(down).isEmpty();
        assertThat(questions).isEmpty();
    }

    /** Stopped for a minute: whichever runs first afterwards, the tick or an answer, nobody is blamed. */
    @Test
    void aPauseOfOurOwnIsGivenToEverybody() {
        startAnswered("a", "b");
        node.standStill(60_000);
        node.wake();
        assertThat(reachable).containsExactly("a", "b");
        answer();
        ticks(3);
        node.standStill(INTERVAL);
        node.wake();
        List<Call> calls = node.take();
        node.standStill(60_000);
        calls.get(0).reply(alive(calls.get(0).node()));
        assertThat(reachable).containsExactly("a", "b");
        node.wake();
        assertThat(reachable).containsExactly("a", "b");
        assertThat(down).isEmpty();
    }

    @Test
    void aSuspectIsNotConvictedByOurPause() {
        startAnswered("a", "b");
        silent.add("b");
        ticks(8);
        node.standStill(60_000);
        ticks(4);
        assertThat(reachable).containsExactly("a");
        assertThat(down).isEmpty();
        ticks(2 * CONVICTION_TICKS_MAX);
        assertThat(down).containsExactly("b");
    }

    /** It is avoided as soon as any other, for a cut looks the same; but whom to condemn is not for us to say in haste. */
    @Test
    void whoHearsOfNobodyMistrustsItselfAndConvictsLater() {
        startAnswered("a", "b", "c");
        silent.addAll(List.of("a", "b", "c"));
        ticks(7);
        assertThat(reachable).isEmpty();
        ticks(2 * CONVICTION_TICKS_MAX);
        assertThat(down).isEmpty();
        ticks(3 * CONVICTION_TICKS_MAX);
        assertThat(down).containsExactly("a", "b", "c");
    }

    @Test
    void aClusterOfFiveIsAskedWholeAtEachTick() {
        startAnswered("a", "b", "c", "d");
        asked.clear();
        ticks(10);
        assertThat(asked).isEqualTo(Map.of("a", 10, "b", 10, "c", 10, "d", 10));
    }

    @Test
    void ofManyAFewAreAskedAtEachTickAndAllInTurn() {
        startAnswered(IntStream.range(0, 50).mapToObj(i -> "n" + i).toArray(String[]::new));
        asked.clear();
        ticks(1);
        assertThat(asked).hasSize(FailureDetector.PROBES_MAX);
        ticks(24);
        assertThat(asked).hasSize(50);
        assertThat(asked.values().stream().mapToInt(count -> count).sum()).isLessThanOrEqualTo(100);
        assertThat(reachable).hasSize(50);
    }

    @Test
    void whoOwesAnAnswerIsAskedAgainAtEachTickUntilItsConviction() {
        startAnswered(IntStream.range(10, 30).mapToObj(i -> "n" + i).toArray(String[]::new));
        silent.add("n20");
        ticks(10);
        asked.clear();
        ticks(10);
        assertThat(asked).containsEntry("n20", 10);
        ticks(2 * CONVICTION_TICKS_MAX);
        assertThat(down).containsExactly("n20");
        asked.clear();
        ticks(10);
        assertThat(asked.getOrDefault("n20", 0)).isLessThanOrEqualTo(4);
    }

    @Test
    void peersComeAndGo() {
        startAnswered("a", "b");
        detector.setPeers(List.of("b", "c"));
        assertThat(reachable).containsExactly("b");
        ticks(1);
        assertThat(reachable).containsExactly("b", "c");
        asked.clear();
        ticks(2);
        assertThat(asked.keySet()).containsExactly("b", "c");
    }

    @Test
    void anAnswerOfOneWhoIsNoPeerAnyMoreIsIgnored() {
        start("a", "b");
        List<Call> calls = node.take();
        detector.setPeers(List.of("b"));
        calls.forEach(call -> call.reply(alive(call.node())));
        assertThat(reachable).containsExactly("b");
    }

    @Test
    void aConvictThatShowsItselfIsAskedAtOnce() {
        startAnswered("a", "b");
        silent.add("b");
        ticks(CONVICTION_TICKS_MAX);
        node.standStill(INTERVAL - 1);
        detector.onHeartbeat("b", new Heartbeat(new Actor("b", 2), true, 0, 0));
        // Its sign of life is not enough: perhaps it cannot hear us.
        assertThat(reachable).containsExactly("a");
        Call call = node.only(Heartbeat.class);
        assertThat(call.node()).isEqualTo("b");
        detector.onHeartbeat("b", new Heartbeat(new Actor("b", 2), true, 0, 0));
        assertThat(node.take()).isEmpty();
        call.reply(alive("b"));
        assertThat(reachable).containsExactly("a", "b");
    }

    @Test
    void othersAreToldWhetherWeReachAPeer() {
        startAnswered("a", "b");
        List<Reply> replies = new ArrayList<>();
        detector.onProbeFor("a", replies::add);
        node.only(Heartbeat.class).reply(alive("a"));
        detector.onProbeFor("a", replies::add);
        node.only(Heartbeat.class).reply(new Lost());
        detector.onProbeFor("stranger", replies::add);
        node.unconnected.add("b");
        detector.onProbeFor("b", replies::add);
        assertThat(replies)
                .containsExactly(new Reached(true), new Reached(false), new Reached(false), new Reached(false));
        assertThat(reachable).containsExactly("b");
    }

    private void start(String... peers) {
        detector.setPeers(List.of(peers));
        detector.start();
    }

    private void startAnswered(String... peers) {
        start(peers);
        answer();
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            node.standStill(INTERVAL);
            node.wake();
            answer();
        }
    }

    /** Every peer does what it does, at once. */
    private void answer() {
        for (Call call : node.take()) {
            if (call.request() instanceof ProbeFor question) {
                questions.add(question);
                call.reply(new Reached(reachedByOthers.contains(question.target())));
            } else {
                asked.merge(call.node(), 1, Integer::sum);
                if (!silent.contains(call.node())) {
                    call.reply(alive(call.node()));
                }
            }
        }
    }

    private Alive alive(String peer) {
        return new Alive(new Actor(peer, 1), !notServing.contains(peer), 0, 0, Copying.NONE);
    }
}
