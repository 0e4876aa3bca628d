package io.quorate.coordinator.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Ancestor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Receipt;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Versions are merged by what they were made from, and never wrongly. */
final class LineageTest {
    private static final int SEEDS = 300;

    private long time;

    @Property(tries = 1_000)
    void whatIsShownAsOneIsWhatWasSetLast(@ForAll long seed) {
        new LineageRun(seed, Lineage::of).run(60);
    }

    @Example
    void theOracleNoticesAWriteWhoseParentsAreNotAllThatItsClientHadSeen() {
        long wrong = LongStream.range(0, SEEDS).filter(LineageTest::isWrong).count();
        assertThat(wrong).isGreaterThan(5);
    }

    /** Otherwise all of the above could hold because nothing is ever merged. */
    @Example
    void versionsAreMergedThroughout() {
        int merged = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            LineageRun run = new LineageRun(seed, Lineage::of);
            run.run(60);
            merged += run.merged();
        }
        assertThat(merged).isGreaterThan(2 * SEEDS);
    }

    @Example
    void severalWritesOnEachSideAreMergedByWhatBothBeganWith() {
        Siblings base = write("n1", Siblings.EMPTY, Context.EMPTY, "{\"a\":1,\"b\":1}");
        Siblings left = write("n1", base, base.context(), "{\"a\":2,\"b\":1}");
        left = write("n1", left, left.context(), "{\"a\":3,\"b\":1}");
        Siblings right = write("n2", base, base.context(), "{\"a\":1,\"b\":2}");
        right = write("n2", right, right.context(), "{\"a\":1,\"b\":2,\"c\":2}");
        Siblings both = left.merge(right);

        assertThat(Lineage.merge(both.versions())).contains(Bytes.utf8("{\"a\":3,\"b\":2,\"c\":2}"));
        Siblings next = write("n1", both, both.context(), "{\"d\":4}");
        assertThat(next.versions().get(0).ancestors().get(0).value())
                .as("made from what was shown merged")
                .isEqualTo(Bytes.utf8("{\"a\":3,\"b\":2,\"c\":2}"));
        assertThat(next.versions().get(0).ancestors())
                .as("and before that, the two differ")
                .hasSize(1);
    }

    @Example
    void aLateWriteFindsWhatItWasMadeFromAmongTheAncestors() {
        Siblings base = write("n1", Siblings.EMPTY, Context.EMPTY, "{\"a\":1}");
        Siblings next = write("n1", base, base.context(), "{\"a\":2}");
        Siblings late = write("n1", next, base.context(), "{\"a\":1,\"b\":1}");

        assertThat(Lineage.merge(late.versions())).contains(Bytes.utf8("{\"a\":2,\"b\":1}"));
    }

    @Example
    void whatIsNotKnownForSureIsNoParent() {
        Siblings base = write("n1", Siblings.EMPTY, Context.EMPTY, "{\"a\":1}");
        Siblings next = write("n2", base, base.context(), "{\"a\":2}");
        assertThat(Lineage.of(next, Context.EMPTY)).as("a blind write").isEmpty();
        assertThat(Lineage.of(base, next.context()))
                .as("here, what its client saw is not known")
                .isEmpty();
        Siblings blind = write("n2", base, Context.EMPTY, "{\"b\":1}");
        assertThat(Lineage.of(blind, base.context()))
                .as("beside what its client had not seen")
                .isEmpty();
        assertThat(Lineage.of(blind, blind.context()))
                .as("siblings that cannot be merged")
                .isEmpty();
        Sibling deleted = new Sibling(new Dot(new Actor("n1", 1), ++time), new RequestId(0, time), Optional.empty());
        Siblings gone = base.stamp(base.context(), deleted, 3);
        assertThat(Lineage.of(gone, gone.context())).isEmpty();
        Sibling expiring = new Sibling(
                new Dot(new Actor("n1", 1), ++time), new RequestId(0, time), Optional.of(Bytes.utf8("1")), 100);
        Siblings passing = base.stamp(base.context(), expiring, 3);
        assertThat(Lineage.of(passing, passing.context())).isEmpty();
    }

    @Example
    void ancestorsAreBounded() {
        Siblings state = write("n1", Siblings.EMPTY, Context.EMPTY, "0");
        for (int i = 1; i < 20; i++) {
            state = write("n1", state, state.context(), Integer.toString(i));
        }
        assertThat(state.versions().get(0).ancestors()).hasSize(Ancestor.KEPT_MAX);

        String large = '"' + "x".repeat(Lineage.BYTES_MAX / 3) + '"';
        Siblings grown = write("n1", state, state.context(), large);
        Siblings twice = write("n1", grown, grown.context(), large);
        assertThat(twice.versions().get(0).ancestors()).hasSize(Ancestor.KEPT_MAX);
        Siblings beside = write("n1", twice, grown.context(), "1");
        beside = write("n1", beside, grown.context(), "2");
        assertThat(beside.versions()).hasSize(3);
        int bytes = beside.versions().stream()
                .flatMap(version -> version.ancestors().stream())
                .mapToInt(ancestor -> ancestor.value().length())
                .sum();
        assertThat(bytes).isLessThanOrEqualTo(Lineage.BYTES_MAX);
        assertThat(beside.versions().get(2).ancestors())
                .as("no room is left for another")
                .isEmpty();
    }

    private Siblings write(String node, Siblings state, Context seen, String value) {
        time++;
        Sibling written = new Sibling(
                        new Dot(new Actor(node, 1), time), new RequestId(0, time), Optional.of(Bytes.utf8(value)))
                .withAncestors(Lineage.of(state, seen));
        return state.stamp(seen, written, 3);
    }

    private static boolean isWrong(long seed) {
        try {
            new LineageRun(seed, LineageTest::firstParent).run(60);
            return false;
        } catch (AssertionError noticed) {
            return true;
        }
    }

    private static List<Ancestor> firstParent(Siblings state, Context seen) {
        for (Sibling version : state.versions()) {
            if (state.isSeen(version, seen)) {
                Receipt write = new Receipt(version.request(), version.dot());
                List<Ancestor> ancestors = new ArrayList<>(
                        List.of(new Ancestor(List.of(write), version.value().orElseThrow())));
                ancestors.addAll(version.ancestors());
                return ancestors.subList(0, Math.min(ancestors.size(), Ancestor.KEPT_MAX));
            }
        }
        return List.of();
    }
}
