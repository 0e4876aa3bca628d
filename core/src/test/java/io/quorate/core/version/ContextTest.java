package io.quorate.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Contexts and version vectors as what they mean: sets of dots. */
class ContextTest {
    private static final int ACTORS = 4;
    private static final int COUNTERS = 6;

    @Property(tries = 500)
    void joinIsTheUnionOfSets(@ForAll long seed) {
        Random random = new Random(seed);
        Context a = context(random);
        Context b = context(random);
        Context c = context(random);
        Set<Dot> union = meaning(a);
        union.addAll(meaning(b));
        assertThat(meaning(a.join(b))).isEqualTo(union);
        assertThat(a.join(b)).isEqualTo(b.join(a)).hasSameHashCodeAs(b.join(a));
        assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
        assertThat(a.join(a)).isEqualTo(a);
        assertThat(a.join(Context.EMPTY)).isEqualTo(a);
        assertThat(Context.EMPTY.join(a)).isEqualTo(a);
    }

    @Property(tries = 500)
    void hasOneFormWhateverTheOrderItWasToldIn(@ForAll long seed) {
        Random random = new Random(seed);
        List<Dot> vector = dots(random, 6);
        List<Dot> cloud = dots(random, 6);
        Context one = new Context(VersionVector.of(vector), cloud);
        Collections.shuffle(vector, random);
        Collections.shuffle(cloud, random);
        cloud.addAll(vector);
        assertThat(new Context(VersionVector.of(vector), cloud)).isEqualTo(one);
        assertThat(one.vector().entries()).isSorted().extracting(Dot::actor).doesNotHaveDuplicates();
        assertThat(one.cloud()).isSorted().doesNotHaveDuplicates().noneMatch(one.vector()::covers);
    }

    @Property(tries = 500)
    void coversAllThatItsVectorAndCloudCover(@ForAll long seed) {
        Random random = new Random(seed);
        Context a = context(random);
        Context b = context(random);
        assertThat(a.join(b).coversAll(a)).isTrue();
        if (a.coversAll(b)) {
            assertThat(meaning(a)).containsAll(meaning(b));
            assertThat(a.join(b)).isEqualTo(a);
        }
    }

    @Property(tries = 300)
    void withADotCoversThatDotMore(@ForAll long seed) {
        Random random = new Random(seed);
        Context context = context(random);
        Dot dot = dot(random);
        Set<Dot> expected = meaning(context);
        expected.add(dot);
        assertThat(meaning(context.withDot(dot))).isEqualTo(expected);
    }

    @Test
    void knowsItsLatestCounters() {
        Actor a = new Actor("a", 1);
        Actor b = new Actor("b", 1);
        Context context = new Context(VersionVector.of(List.of(new Dot(a, 5))), List.of(new Dot(a, 9), new Dot(b, 7)));
        assertThat(context.latest()).isEqualTo(9);
        assertThat(context.latestOf(a)).isEqualTo(9);
        assertThat(context.latestOf(b)).isEqualTo(7);
        assertThat(context.latestOf(new Actor("a", 2))).isZero();
        assertThat(Context.EMPTY.latest()).isZero();
    }

    @Test
    void aVectorWithADotClaimsTheEarlierOnesAndACloudDoesNot() {
        Actor actor = new Actor("a", 1);
        assertThat(VersionVector.EMPTY.with(new Dot(actor, 5)).covers(new Dot(actor, 4)))
                .isTrue();
        assertThat(Context.EMPTY.withDot(new Dot(actor, 5)).covers(new Dot(actor, 4)))
                .isFalse();
        assertThat(VersionVector.EMPTY.with(new Dot(actor, 5)).covers(new Dot(new Actor("a", 2), 4)))
                .isFalse();
    }

    @Test
    void actorsAndDotsHaveATotalOrder() {
        List<Dot> sorted = List.of(
                new Dot(new Actor("a", 1), 9),
                new Dot(new Actor("a", -1), 3),
                new Dot(new Actor("b", 0), 1),
                new Dot(new Actor("b", 0), 2));
        assertThat(sorted).isSorted();
        assertThat(sorted).isSortedAccordingTo(Dot::compareTo);
        assertThat(sorted.get(0).compareByTime(sorted.get(1))).isPositive();
        assertThat(new Dot(new Actor("a", 1), 5).compareByTime(new Dot(new Actor("b", 1), 5)))
                .isNegative();
    }

    private static Set<Dot> meaning(Context context) {
        Set<Dot> covered = new TreeSet<>();
        for (int actor = 0; actor < ACTORS; actor++) {
            for (long counter = 1; counter <= COUNTERS; counter++) {
                Dot dot = new Dot(actor(actor), counter);
                if (context.covers(dot)) {
                    covered.add(dot);
                }
            }
        }
        return covered;
    }

    private static Context context(Random random) {
        return new Context(VersionVector.of(dots(random, 3)), dots(random, 5));
    }

    private static List<Dot> dots(Random random, int countMax) {
        List<Dot> dots = new ArrayList<>();
        int count = random.nextInt(countMax + 1);
        for (int i = 0; i < count; i++) {
            dots.add(dot(random));
        }
        return dots;
    }

    private static Dot dot(Random random) {
        return new Dot(actor(random.nextInt(ACTORS)), 1 + random.nextInt(COUNTERS));
    }

    /** Two nodes of two incarnations each. */
    private static Actor actor(int number) {
        return new Actor("n" + number / 2, number % 2 == 0 ? 1 : -1);
    }
}
