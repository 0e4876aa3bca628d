package io.quorate.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.version.CausalRun.Flaw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SiblingsTest {
    private static final Actor A = new Actor("a", 1);
    private static final Actor B = new Actor("b", 2);

    @Property(tries = 300)
    void mergeIsASemilatticeOnWhateverARunReaches(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int replicas) {
        List<Siblings> reached = new CausalRun(seed, replicas, Flaw.NONE, true).run(40);
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            Siblings a = any(reached, random);
            Siblings b = any(reached, random);
            Siblings c = any(reached, random);
            assertThat(a.merge(a)).isEqualTo(a);
            assertThat(a.merge(b)).isEqualTo(b.merge(a)).isEqualTo(a.united(b));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
            assertThat(a.merge(b).merge(a)).isEqualTo(a.merge(b));
            assertThat(a.merge(Siblings.EMPTY)).isEqualTo(a);
        }
    }

    @Property(tries = 200)
    void receiptsAreTheLatestOfAllThatWereMerged(@ForAll long seed, @ForAll @IntRange(max = 30) int count) {
        Random random = new Random(seed);
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Few actors, times and requests, so that all of them collide.
            Dot dot = new Dot(random.nextBoolean() ? A : B, 1 + random.nextInt(count));
            receipts.add(new Receipt(request(random.nextInt(4)), dot));
        }
        List<Receipt> expected = receipts.stream()
                .distinct()
                .sorted(Siblings.LATEST_FIRST)
                .limit(Siblings.RECEIPTS_MAX)
                .toList();
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(receipts, random);
            int cut = random.nextInt(count + 1);
            Siblings left = holding(receipts.subList(0, cut));
            Siblings right = holding(receipts.subList(random.nextInt(cut + 1), count));
            assertThat(left.merge(right).receipts()).isEqualTo(expected);
        }
    }

    @Test
    void aWriteReplacesWhatItHasSeenAndNothingElse() {
        Siblings both = blind(A, 1).merge(blind(B, 2));
        Siblings written = both.stamp(Context.EMPTY.withDot(dot(A, 1)), value(A, 3), 3);
        assertThat(written.versions()).extracting(Sibling::dot).containsExactly(dot(A, 3), dot(B, 2));
        assertThat(written.context().covers(dot(A, 1))).isTrue();
        assertThat(written.merge(blind(A, 1))).isEqualTo(written);
    }

    @Test
    void aWriteThatHasSeenOneDotOfARequestHasSeenTheRequest() {
        Siblings first = Siblings.EMPTY.stamp(Context.EMPTY, value(A, 1, 7), 3);
        Siblings second = Siblings.EMPTY.stamp(Context.EMPTY, value(B, 2, 7), 3);
        Siblings next = first.merge(second).stamp(Context.EMPTY.withDot(dot(B, 2)), value(A, 3), 3);
        assertThat(next.versions()).extracting(Sibling::dot).containsExactly(dot(A, 3));
        assertThat(next.merge(first)).isEqualTo(next);
    }

    @Test
    void aDeleteIsAVersionOfItsOwn() {
        Siblings deleted = blind(A, 1)
                .stamp(Context.EMPTY.withDot(dot(A, 1)), new Sibling(dot(A, 2), request(2), Optional.empty()), 3);
        assertThat(deleted.versions()).singleElement().matches(Sibling::isTombstone);
        assertThat(deleted.isEmpty()).isFalse();
        assertThat(deleted.merge(blind(A, 1))).isEqualTo(deleted);
    }

    @Test
    void copiesOnlyGrow() {
        Siblings three = Siblings.EMPTY.stamp(Context.EMPTY, value(A, 1), 3);
        Siblings five = Siblings.EMPTY.stamp(Context.EMPTY, value(B, 2), 5);
        assertThat(five.stamp(Context.EMPTY, value(B, 3), 1).n()).isEqualTo(5);
        assertThat(three.merge(five).n()).isEqualTo(5);
        assertThat(five.merge(three).n()).isEqualTo(5);
    }

    @Test
    void aClientIsShownARequestOnce() {
        Siblings twice = Siblings.EMPTY
                .stamp(Context.EMPTY, value(A, 1, 7), 3)
                .merge(Siblings.EMPTY.stamp(Context.EMPTY, value(B, 2, 7), 3));
        assertThat(twice.versions()).hasSize(2);
        assertThat(twice.distinct()).extracting(Sibling::dot).containsExactly(dot(A, 1));
        assertThat(twice.dotOf(request(7))).contains(dot(A, 1));
    }

    @Test
    void aReceiptOutlivesItsValue() {
        Siblings written = blind(A, 1).withReceipt(new Receipt(request(1), dot(A, 1)));
        Siblings replaced = written.stamp(written.context(), value(A, 2), 3);
        assertThat(replaced.dotOf(request(1))).contains(dot(A, 1));
        assertThat(replaced.dotOf(request(99))).isEmpty();
    }

    @Test
    void theLastVersionIsTheLatestAndOfThoseTheGreatestActors() {
        assertThat(blind(A, 9).merge(blind(B, 2)).last()).contains(value(A, 9));
        assertThat(blind(A, 5).merge(blind(B, 5)).last()).contains(value(B, 5));
        assertThat(Siblings.EMPTY.last()).isEmpty();
    }

    @Property(tries = 100)
    void replicasWithTwoValuesUnderOneDotStillBecomeEqual(@ForAll byte[] left, @ForAll byte[] right) {
        Siblings a = Siblings.EMPTY.stamp(
                Context.EMPTY, new Sibling(dot(A, 1), request(1), Optional.of(Bytes.wrap(left))), 3);
        Siblings b = Siblings.EMPTY.stamp(
                Context.EMPTY, new Sibling(dot(A, 1), request(1), Optional.of(Bytes.wrap(right))), 3);
        Siblings gone = Siblings.EMPTY.stamp(Context.EMPTY, new Sibling(dot(A, 1), request(1), Optional.empty()), 3);
        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(gone)).isEqualTo(gone.merge(a));
        assertThat(a.merge(b).merge(gone)).isEqualTo(a.merge(b.merge(gone)));
    }

    private static Siblings blind(Actor actor, long counter) {
        return Siblings.EMPTY.stamp(Context.EMPTY, value(actor, counter), 3);
    }

    private static Sibling value(Actor actor, long counter) {
        return value(actor, counter, counter);
    }

    private static Sibling value(Actor actor, long counter, long request) {
        return new Sibling(dot(actor, counter), request(request), Optional.of(Bytes.utf8("\"" + counter + "\"")));
    }

    private static Siblings holding(List<Receipt> receipts) {
        Siblings holding = Siblings.EMPTY;
        for (Receipt receipt : receipts) {
            holding = holding.withReceipt(receipt);
        }
        return holding;
    }

    private static Siblings any(List<Siblings> states, Random random) {
        return states.get(random.nextInt(states.size()));
    }

    private static Dot dot(Actor actor, long counter) {
        return new Dot(actor, counter);
    }

    private static RequestId request(long number) {
        return new RequestId(0, number);
    }
}
