package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SimulatedStorageTest {
    private static final Bytes K = Bytes.utf8("k");

    private final List<Outcome> outcomes = new ArrayList<>();
    private World world;
    private SimulatedProcess process;
    private Toy toy;

    SimulatedStorageTest() {
        build(3, Faults.CALM.disk());
    }

    private void build(long seed, Faults.Disk disk) {
        world = new World(seed, Faults.CALM.with(disk));
        process = world.add("n1", Toy::new).start();
        toy = process.program(Toy.class);
    }

    private Storage storage() {
        return toy.ports.storage();
    }

    private Stored get(Bytes key) {
        List<Stored> got = new ArrayList<>();
        storage().get(key, got::add);
        world.runFor(10);
        assertThat(got).hasSize(1);
        return got.get(0);
    }

    private List<Entry> range() {
        List<List<Entry>> got = new ArrayList<>();
        storage().range(K, Bytes.utf8("l"), 9, got::add);
        world.runFor(10);
        assertThat(got).hasSize(1);
        return got.get(0);
    }

    private static Stored present(String value) {
        return new Stored.Present(Bytes.utf8(value));
    }

    @Test
    void batchesAreVisibleAtOnceAndDurableLaterInOrder() {
        List<Integer> durable = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> toy.write("k" + i, "v", outcome -> durable.add(i)));

        assertThat(process.disk().contents()).hasSize(100);
        assertThat(durable).isEmpty();
        world.runFor(100);
        assertThat(durable)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void batchesThatGatherWhileAGroupIsWrittenBecomeDurableTogether() {
        TreeSet<Long> moments = new TreeSet<>();
        IntStream.range(0, 100).forEach(i -> toy.write("k" + i, "v", outcome -> moments.add(world.nowNanos())));
        world.runFor(100);

        assertThat(moments).as("the first alone, all others in the next group").hasSize(2);
    }

    @Test
    void rangesAreOrderedAndBounded() {
        storage()
                .apply(
                        List.of(
                                Toy.change("c", "3"),
                                Toy.change("a", "1"),
                                Toy.change("b", "22"),
                                Toy.change("d", "4")),
                        outcomes::add);
        storage().apply(List.of(new Change(Bytes.utf8("c"), Optional.empty(), 0)), outcomes::add);
        List<List<Entry>> got = new ArrayList<>();
        storage().range(Bytes.utf8("a"), Bytes.utf8("d"), 10, got::add);
        storage().range(Bytes.utf8("a"), Bytes.utf8("z"), 1, got::add);
        storage().range(Bytes.utf8("z"), Bytes.utf8("a"), 10, got::add);
        world.runFor(10);

        Entry a = new Entry(Bytes.utf8("a"), Hash.of(Bytes.utf8("1")), 1, 3);
        Entry b = new Entry(Bytes.utf8("b"), Hash.of(Bytes.utf8("22")), 2, 3);
        assertThat(got).containsExactlyInAnyOrder(List.of(a, b), List.of(a), List.of());
    }

    @Test
    void readsAreAnsweredInsideTheCallOrLater() {
        for (double cached : new double[] {0, 1}) {
            build(3, Faults.CALM.disk().withCached(cached));
            List<Stored> got = new ArrayList<>();
            storage().get(K, got::add);
            assertThat(got.size()).isEqualTo(cached == 0 ? 0 : 1);
            world.runFor(10);
            assertThat(got).containsExactly(Stored.ABSENT);
        }
    }

    @Property(tries = 200)
    void aCrashLosesOnlyASuffixOfWhatWasNotDurable(
            @ForAll long seed, @ForAll @IntRange(max = 30) int batches, @ForAll @IntRange(max = 4_000) int micros) {
        build(seed, Faults.ROUGH.disk());
        List<Integer> acknowledged = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            // All write the same key too, so that undoing has to give back what was there before.
            List<Change> batch = List.of(Toy.change("last", "" + i), Toy.change("k" + (char) ('A' + i), "" + i));
            int number = i;
            process.execute(() -> storage().apply(batch, outcome -> acknowledged.add(number)));
            world.runFor(micros / 1_000);
        }
        world.runFor(1);
        process.crash();

        int kept = Math.max(0, process.disk().contents().size() - 1);
        assertThat(kept).isBetween(acknowledged.size(), batches);
        if (kept > 0) {
            assertThat(process.disk().contents().get(Bytes.utf8("last"))).isEqualTo(Bytes.utf8("" + (kept - 1)));
            assertThat(process.disk().contents().lastKey()).isEqualTo(Bytes.utf8("last"));
            assertThat(process.disk().contents()).containsKey(Bytes.utf8("k" + (char) ('A' + kept - 1)));
        }
    }

    @Test
    void whatACrashKeepsOfTheUndurableDependsOnTheSeed() {
        TreeSet<Integer> kept = new TreeSet<>();
        for (int seed = 0; seed < 40; seed++) {
            build(seed, Faults.CALM.disk());
            IntStream.range(0, 3).forEach(i -> toy.write("k" + i, "v", outcomes::add));
            process.crash();
            kept.add(process.disk().contents().size());
        }

        assertThat(kept).containsExactly(0, 1, 2, 3);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aCleanStopKeepsAll() {
        toy.write("k", "v", outcomes::add);
        process.stop();
        world.runFor(100);

        assertThat(process.disk().contents()).containsEntry(K, Bytes.utf8("v"));
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aFullDiskKeepsNothingAndReadsGoOn() {
        toy.write("k", "before", outcomes::add);
        world.runFor(10);
        process.disk().setFull(true);
        toy.write("k", "refused", outcomes::add);
        world.runFor(10);

        assertThat(outcomes).containsExactly(Outcome.DURABLE, Outcome.READ_ONLY);
        assertThat(get(K)).isEqualTo(present("before"));

        process.disk().setFull(false);
        toy.write("k", "after", outcomes::add);
        world.runFor(10);
        assertThat(outcomes).endsWith(Outcome.DURABLE);
        assertThat(get(K)).isEqualTo(present("after"));
    }

    @Test
    void aFullDiskMayBeNoticedOnlyAfterTheBatchWasVisible() {
        build(3, Faults.CALM.disk().withLateRefusal(1).withCached(1));
        toy.write("k", "before", outcomes::add);
        world.runFor(10);
        process.disk().setFull(true);

        toy.write("k", "one", outcomes::add);
        toy.write("k", "two", outcomes::add);
        storage().get(K, got -> assertThat(got).isEqualTo(present("two")));
        world.runFor(10);

        assertThat(outcomes).containsExactly(Outcome.DURABLE, Outcome.READ_ONLY, Outcome.READ_ONLY);
        assertThat(get(K)).isEqualTo(present("before"));
    }

    @Test
    void aBatchThatWritesOneKeyTwiceIsUndoneAsAWhole() {
        build(3, Faults.CALM.disk().withLateRefusal(1));
        toy.write("k", "before", outcomes::add);
        world.runFor(10);
        process.disk().setFull(true);
        storage().apply(List.of(Toy.change("k", "one"), Toy.change("k", "two")), outcomes::add);
        world.runFor(10);

        assertThat(get(K)).isEqualTo(present("before"));
    }

    @Test
    void aFailingDiskKeepsSomePrefix() {
        TreeSet<Integer> kept = new TreeSet<>();
        for (int seed = 0; seed < 40; seed++) {
            outcomes.clear();
            build(seed, Faults.CALM.disk());
            process.disk().setFailing(true);
            IntStream.range(0, 2).forEach(i -> toy.write("k" + i, "v", outcomes::add));
            world.runFor(10);
            assertThat(outcomes).containsExactly(Outcome.FAILED, Outcome.FAILED);
            kept.add(process.disk().contents().size());
        }

        assertThat(kept).contains(0, 1);
    }

    @Test
    void waitingBatchesAreBounded() {
        build(3, Faults.CALM.disk().withWaitingMax(2));
        IntStream.range(0, 4).forEach(i -> toy.write("k" + i, "v", outcomes::add));
        assertThat(process.disk().contents()).hasSize(2);
        world.runFor(10);

        assertThat(outcomes)
                .containsExactlyInAnyOrder(Outcome.DURABLE, Outcome.DURABLE, Outcome.OVERLOADED, Outcome.OVERLOADED);
    }

    @Test
    void damageIsSeenUntilTheKeyIsWrittenAgain() {
        toy.write("k", "v", outcomes::add);
        world.runFor(10);

        assertThat(process.disk().damage(K)).isTrue();
        assertThat(process.disk().damage(Bytes.utf8("absent"))).isFalse();
        Stored damaged = new Stored.Damaged(Hash.of(Bytes.utf8("v")), 3);
        List<Entry> listed = range();
        List<Entry> heard = new ArrayList<>();
        storage().onDamage(heard::add);
        assertThat(listed).hasSize(1);
        assertThat(get(K)).isEqualTo(damaged);
        assertThat(get(K)).isEqualTo(damaged);
        assertThat(heard).isEqualTo(listed);
        assertThat(range()).isEmpty();
        assertThat(process.disk().contents()).isEmpty();
        process.crash();
        toy = process.start().program(Toy.class);
        assertThat(get(K)).isEqualTo(damaged);
        assertThat(range()).isEmpty();

        toy.write("k", "w", outcomes::add);
        assertThat(get(K)).isEqualTo(present("w"));
    }

    @Test
    void anOldDiskComesBackWithWhatWasDurableThenAndNoMark() {
        toy.write("k", "old", outcomes::add);
        world.runFor(10);
        toy.write("k", "not durable", outcomes::add);
        DiskSnapshot old = process.disk().snapshot();
        world.runFor(10);
        toy.write("k2", "new", outcomes::add);
        assertThatThrownBy(() -> process.disk().restore(old)).isInstanceOf(IllegalStateException.class);
        process.stop();

        process.disk().restore(old);
        toy = process.start().program(Toy.class);

        assertThat(get(K)).isEqualTo(present("old"));
        assertThat(get(Bytes.utf8("k2"))).isEqualTo(Stored.ABSENT);
        assertThat(toy.ports.lastCleanStop()).isEmpty();
    }

    @Test
    void aCopyOfACleanlyStoppedDiskBringsTheOldMarkBack() {
        process.stop();
        DiskSnapshot old = process.disk().snapshot();
        process.start();
        process.crash();

        process.disk().restoreUnnoticed(old);

        assertThat(process.start().program(Toy.class).ports.lastCleanStop()).isPresent();
    }

    @Test
    void aWipedDiskIsEmpty() {
        toy.write("k", "v", outcomes::add);
        process.stop();
        process.disk().wipe();
        toy = process.start().program(Toy.class);

        assertThat(get(K)).isEqualTo(Stored.ABSENT);
        assertThat(toy.ports.lastCleanStop()).isEmpty();
    }

    @Test
    void aDeadLifeTouchesNothing() {
        process.crash();
        Toy next = process.start().program(Toy.class);
        toy.write("k", "ghost", outcomes::add);
        storage().get(K, got -> outcomes.add(Outcome.FAILED));
        world.runFor(10);

        assertThat(next).isNotSameAs(toy);
        assertThat(process.disk().contents()).isEmpty();
        assertThat(outcomes).isEmpty();
    }
}
