package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import io.quorate.core.message.Lost;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.Reply;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SimulatedNetworkTest {
    private World world;
    private SimulatedProcess first;
    private SimulatedProcess second;
    private Toy a;
    private Toy b;

    SimulatedNetworkTest() {
        build(Faults.CALM);
    }

    private void build(Faults faults) {
        world = new World(5, faults);
        first = world.add("a", Toy::new).start();
        second = world.add("b", Toy::new).start();
        a = first.program(Toy.class);
        b = second.program(Toy.class);
    }

    private void build(Faults.Messages messages) {
        build(Faults.CALM.with(messages));
    }

    @Test
    void aReplyComesLaterAndOnceForEveryReplySent() {
        Dot dot = new Dot(new Actor("b", 1), 1);
        Reply stamped = new ReplicaReply.Stamped(dot, Bytes.EMPTY, 1);
        b.answersWith((from, request, reply) -> {
            reply.send(stamped);
            b.ports.scheduler().schedule(100, () -> reply.send(new ReplicaReply.Durable()));
        });

        assertThat(a.ask("b", 1)).isTrue();
        assertThat(a.replies).isEmpty();
        world.runFor(50);
        assertThat(a.replies).containsExactly(stamped);
        world.runFor(100);
        assertThat(a.replies).containsExactly(stamped, new ReplicaReply.Durable());
    }

    @Test
    void calmMessagesArriveAllAndInOrder() {
        IntStream.range(0, 500).forEach(i -> a.ask("b", i));

        world.runFor(100);

        assertThat(b.asked)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        assertThat(a.replies).hasSize(500);
        assertThat(world.network().counts().lost()).isZero();
    }

    @Test
    void messagesAreLostByChance() {
        build(Faults.CALM.messages().withLoss(0.3));
        IntStream.range(0, 1_000).forEach(i -> a.ask("b", i));

        world.runFor(100);

        assertThat(b.asked.size()).isBetween(600, 800);
        assertThat(a.replies.size()).isBetween(400, 600);
        assertThat(world.network().counts().lost()).isEqualTo(1_000 - a.replies.size());
    }

    @Test
    void messagesAreDuplicatedByChance() {
        build(Faults.CALM.messages().withDuplicates(0.5));
        IntStream.range(0, 1_000).forEach(i -> a.ask("b", i));

        world.runFor(100);

        assertThat(b.asked.size()).isBetween(1_400, 1_600);
        assertThat(b.asked.stream().distinct()).hasSize(1_000);
        assertThat(a.replies.size()).isGreaterThan(b.asked.size());
        assertThat(world.network().counts().duplicated()).isEqualTo(a.replies.size() - 1_000);
    }

    @Test
    void messagesOvertakeByChance() {
        build(Faults.CALM.messages().withOvertaking(0.2));
        IntStream.range(0, 1_000).forEach(i -> a.ask("b", i));

        world.runFor(100);

        assertThat(b.asked)
                .hasSize(1_000)
                .isNotEqualTo(b.asked.stream().sorted().toList());
        assertThat(world.network().counts().overtook()).isPositive();
    }

    @Test
    void aFaultLeavesTheFateOfOtherMessagesAsItWas() {
        build(Faults.CALM.messages().withLoss(0.3));
        IntStream.range(0, 200).forEach(i -> a.ask("b", i));
        world.runFor(100);
        List<Integer> arrived = List.copyOf(b.asked);

        build(Faults.CALM.messages().withLoss(0.3).withDuplicates(0.4).withOvertaking(0.4));
        IntStream.range(0, 200).forEach(i -> a.ask("b", i));
        world.runFor(100);

        assertThat(b.asked.stream().distinct().sorted()).containsExactlyElementsOf(arrived);
    }

    @Test
    void aOneWayCutLetsTheOtherWayThrough() {
        a.ask("b", 0);
        b.ask("a", 0);
        world.runFor(10);
        world.network().cutOneWay("a", "b");

        a.ask("b", 1);
        b.ask("a", 2);
        world.runFor(1_000);

        assertThat(b.asked).containsExactly(0);
        assertThat(a.asked).containsExactly(0, 2);
        assertThat(a.replies).hasSize(1);
        assertThat(b.replies).as("the answer to 2 cannot get back").hasSize(1);

        world.network().heal();
        a.ask("b", 3);
        b.ask("a", 4);
        world.runFor(1_000);
        assertThat(b.asked).containsExactly(0, 3);
        assertThat(b.replies).hasSize(2);
        assertThat(a.replies).hasSize(2);
    }

    @Test
    void whatIsSentIntoACutOrIsUnderWayWhenItComesIsLost() {
        a.ask("b", 0);
        world.runFor(10);
        a.ask("b", 1);
        world.network().cut("a", "b");
        world.runFor(10);
        a.ask("b", 2);
        world.network().heal();
        a.ask("b", 3);
        world.runFor(1_000);

        assertThat(b.asked).containsExactly(0, 3);
        assertThat(world.network().counts().lost()).isEqualTo(2);
    }

    @Test
    void anUnnoticedCutLosesSilentlyAndANoticedOneRefuses() {
        Delay notice = Delay.between(5_000_000, 5_000_000);
        build(Faults.CALM.with(Faults.CALM.connections().withCutNotice(notice)));
        a.ask("b", 0);
        world.runFor(10);
        world.network().cut("a", "b");

        world.runFor(4_000);
        assertThat(a.ask("b", 1)).isTrue();
        world.runFor(1_500);

        assertThat(a.replies).containsExactly(Toy.answer(0), new Lost());
        assertThat(a.ask("b", 2)).isFalse();

        world.network().heal("a", "b");
        world.runFor(100);
        assertThat(a.ask("b", 3)).isTrue();
        world.runFor(100);
        assertThat(a.replies).endsWith(Toy.answer(3));
    }

    @Test
    void aCutThatEndsInTimeBreaksNothing() {
        a.ask("b", 0);
        world.runFor(10);
        world.network().cut("a", "b");
        world.runFor(1_000);
        world.network().heal("a", "b");
        world.runFor(60_000);

        assertThat(world.network().counts().broken()).isZero();
        assertThat(a.ask("b", 1)).isTrue();
    }

    @Test
    void whatIsHeldByACutArrivesAfterIt() {
        build(Faults.CALM.with(Faults.CALM.connections().withHeld(1)));
        a.ask("b", 0);
        world.runFor(10);
        world.network().cut("a", "b");
        a.ask("b", 1);
        world.runFor(300);
        assertThat(b.asked).containsExactly(0);

        world.network().heal("a", "b");
        world.runFor(1_000);

        assertThat(b.asked).containsExactly(0, 1);
        assertThat(a.replies).hasSize(2);
    }

    @Test
    void anIsolatedNodeHearsNobody() {
        world.network().isolate("b");

        assertThat(world.network().isCut("a", "b")).isTrue();
        assertThat(world.network().isCut("b", "a")).isTrue();
        assertThat(a.ask("b", 1)).as("there was no connection").isFalse();
        assertThat(b.ask("b", 2)).isTrue();
        world.runFor(10);
        assertThat(b.asked).containsExactly(2);
        assertThatThrownBy(() -> world.network().cutOneWay("b", "b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCrashOfThePeerBreaksTheCallsThatWaitAndThenRefuses() {
        b.answersWith((from, request, reply) -> {});
        a.ask("b", 1);
        world.runFor(10);
        assertThat(a.replies).isEmpty();

        second.crash();
        assertThat(a.ask("b", 2)).as("not noticed yet").isTrue();
        world.runFor(10);

        assertThat(a.replies).containsExactly(new Lost(), new Lost());
        assertThat(a.ask("b", 3)).isFalse();
        second.start();
        world.runFor(10);
        assertThat(a.ask("b", 4)).isTrue();
        world.runFor(10);
        assertThat(second.program(Toy.class).asked).containsExactly(4);
    }

    @Test
    void answeredCallsAreNotLostInACrash() {
        a.ask("b", 1);
        world.runFor(10);
        second.crash();
        world.runFor(1_000);

        assertThat(a.replies).containsExactly(Toy.answer(1));
    }

    @Test
    void aCrashBehindACutIsNotNoticedUntilTheCutIsHealedAndSomethingIsSent() {
        b.answersWith((from, request, reply) -> {});
        a.ask("b", 1);
        world.runFor(10);
        world.network().cut("a", "b");
        second.crash();
        world.runFor(1_000);
        assertThat(a.replies).isEmpty();

        world.network().heal();
        second.start();
        assertThat(a.ask("b", 2)).as("over the old connection").isTrue();
        world.runFor(10);

        assertThat(a.replies).containsExactly(new Lost(), new Lost());
        assertThat(second.program(Toy.class).asked).isEmpty();
    }

    @Test
    void connectionsBreakByChanceAndBringNothingMore() {
        build(Faults.CALM.with(Faults.CALM.connections().withResets(1)));
        b.answersWith((from, request, reply) ->
                b.ports.scheduler().schedule(100, () -> reply.send(Toy.answer(Toy.numberOf(request)))));
        a.ask("b", 1);
        assertThat(world.runUntil(() -> !a.replies.isEmpty(), 10)).isTrue();
        assertThat(a.ask("b", 2)).as("not connected again yet").isFalse();
        world.runFor(1_000);

        assertThat(a.replies).containsExactly(new Lost());
        assertThat(world.network().counts().broken()).isEqualTo(1);
        assertThat(a.ask("b", 3)).isTrue();
    }

    @Test
    void repliesAfterTheTimeoutAreForgotten() {
        b.answersWith((from, request, reply) -> {
            b.ports.scheduler().schedule(Toy.TIMEOUT_MILLIS - 10, () -> reply.send(Toy.answer(1)));
            b.ports.scheduler().schedule(Toy.TIMEOUT_MILLIS + 10, () -> reply.send(Toy.answer(2)));
        });
        a.ask("b", 0);

        world.runFor(10_000);

        assertThat(a.replies).containsExactly(Toy.answer(1));
    }

    @Test
    void requestsAfterTheirDeadlineAreDroppedUnlessTheLatenessCannotBeSeen() {
        for (double chance : new double[] {0, 1}) {
            build(Faults.CALM.messages().withLate(chance));
            a.ask("b", 0);
            world.runFor(10);
            second.pause();
            a.ask("b", 1);
            world.runFor(Toy.TIMEOUT_MILLIS + 10);
            second.resume();
            world.runFor(10);

            assertThat(b.asked.size()).isEqualTo(chance == 0 ? 1 : 2);
            assertThat(a.replies).hasSize(1);
        }
    }

    @Test
    void callsInFlightAreBounded() {
        build(Faults.CALM.with(Faults.CALM.connections().withInFlightMax(3)));
        b.answersWith((from, request, reply) -> {});
        List<Boolean> left = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> left.add(a.ask("b", i)));

        assertThat(left).containsExactly(true, true, true, false, false);
        world.runFor(Toy.TIMEOUT_MILLIS + 1);
        assertThat(a.ask("b", 5)).as("the old ones are forgotten").isTrue();
        assertThat(world.network().counts().refused()).isEqualTo(2);
    }

    @Test
    void callsToNobodyAreRefused() {
        assertThat(a.ask("nobody", 1)).isFalse();
        second.crash();
        assertThat(a.ask("b", 1)).isFalse();
    }

    @Test
    void aNodeThatCallsItselfLosesNothing() {
        build(Faults.ROUGH.messages().withLoss(1));
        IntStream.range(0, 100).forEach(i -> a.ask("a", i));
        assertThat(a.asked).isEmpty();

        world.runFor(10);

        assertThat(a.asked)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
        assertThat(a.replies).hasSize(100);
    }

    @Test
    void messagesGoThroughTheCodec() {
        world.network().codec(request -> Toy.question(Toy.numberOf(request) + 1), reply -> new ReplicaReply.Durable());
        a.ask("b", 1);
        world.runFor(10);

        assertThat(b.asked).containsExactly(2);
        assertThat(a.replies).containsExactly(new ReplicaReply.Durable());
    }

    @Test
    void aDeadLifeSendsNothingAndHearsNothing() {
        b.answersWith((from, request, reply) -> b.ports.scheduler().schedule(100, () -> reply.send(Toy.answer(1))));
        a.ask("b", 1);
        world.runFor(50);
        first.crash();
        first.start();
        world.runFor(1_000);

        assertThat(a.replies).isEmpty();
        assertThat(first.program(Toy.class).replies).isEmpty();
        assertThat(a.ask("b", 2)).isFalse();
    }
}
