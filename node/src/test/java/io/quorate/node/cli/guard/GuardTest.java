package io.quorate.node.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    private static final double REFERENCE_MICROS = 10;
    private static final Limits LIMITS = new Limits(15, 10);
    private static final int ROUNDS = 3;
    private static final Baseline BASELINE = new Baseline(
            Map.of(
                    Check.READS, new Cost(10, 1_000),
                    Check.MIXED, new Cost(30, 2_000),
                    Check.WRITES, new Cost(50, 3_000)),
            "a machine");

    private final ScriptedMeter meter = new ScriptedMeter();
    private final Guard guard = new Guard(meter, ROUNDS, remark -> {});

    @TempDir
    private Path folder;

    @Test
    void whatIsWithinTheLimitHoldsAtOnce() throws Exception {
        meter.factor(Check.READS, 1.14);
        assertThat(guard.verdicts(BASELINE, LIMITS)).hasSize(6).noneMatch(Verdict::isRegression);
        assertThat(meter.measurements(Check.READS)).isEqualTo(ROUNDS);
    }

    @Test
    void aRegressionIsNamedAfterItWasMeasuredThreeTimes() throws Exception {
        meter.factor(Check.WRITES, 1.16);
        Collection<Verdict> verdicts = guard.verdicts(BASELINE, LIMITS);
        assertThat(verdicts)
                .filteredOn(Verdict::isRegression)
                .singleElement()
                .extracting(Verdict::text)
                .asString()
                .startsWith("writes")
                .contains("58.00", "baseline 50.00", "limit 57.50", "REGRESSION");
        assertThat(meter.measurements(Check.WRITES)).isEqualTo(3 * ROUNDS);
        assertThat(meter.measurements(Check.READS)).isEqualTo(ROUNDS);
    }

    @Test
    void whatIsAllocatedHasALimitOfItsOwn() throws Exception {
        meter.allocate(1.12);
        assertThat(guard.verdicts(BASELINE, LIMITS))
                .filteredOn(Verdict::isRegression)
                .extracting(Verdict::text)
                .hasSize(3)
                .contains(
                        "reads       1,120 bytes of heap allocated a request; baseline 1,000, limit 1,100 (+10 %): REGRESSION");
        meter.allocate(1.09);
        assertThat(guard.verdicts(BASELINE, LIMITS)).noneMatch(Verdict::isRegression);
    }

    @Test
    void oneBadRoundIsNoRegression() throws Exception {
        meter.factor(Check.MIXED, 1.0, 9.0, 1.0);
        assertThat(guard.verdicts(BASELINE, LIMITS)).noneMatch(Verdict::isRegression);
        assertThat(meter.measurements(Check.MIXED)).isEqualTo(ROUNDS);
    }

    @Test
    void aBadMinuteIsNoRegression() throws Exception {
        meter.factor(Check.MIXED, 2.0, 2.0, 2.0, 1.0);
        assertThat(guard.verdicts(BASELINE, LIMITS)).noneMatch(Verdict::isRegression);
        assertThat(meter.measurements(Check.MIXED)).isEqualTo(2 * ROUNDS);
    }

    @Test
    void aMachineOfHalfTheSpeedChangesNothing() throws Exception {
        meter.slowDown(2);
        assertThat(guard.verdicts(BASELINE, LIMITS))
                .allSatisfy(verdict -> assertThat(verdict.measured()).isCloseTo(verdict.baseline(), within(1e-9)));
    }

    @Test
    void whatBecameCheaperAsksForANewBaseline() throws Exception {
        meter.factor(Check.READS, 0.8);
        assertThat(guard.verdicts(BASELINE, LIMITS))
                .filteredOn(Verdict::isBaselineOutdated)
                .singleElement()
                .extracting(Verdict::check, Verdict::measure)
                .containsExactly(Check.READS, Measure.CPU);
    }

    @Test
    void itIsWarmWhenNothingBecomesCheaper() throws Exception {
        meter.factor(Check.READS, 8.0, 4.0, 2.0, 1.0);
        guard.warmUp(100);
        assertThat(meter.measurements(Check.READS)).isEqualTo(5);
    }

    @Test
    void warmingUpEnds() throws Exception {
        meter.factor(Check.READS, 8.0, 4.0, 2.0, 1.0);
        guard.warmUp(3);
        assertThat(meter.measurements(Check.READS)).isEqualTo(3);
    }

    @Test
    void aBaselineIsReadAsItWasWritten() throws IOException {
        Path file = folder.resolve("baseline");
        BASELINE.write(file);
        assertThat(file).content().startsWith("#");
        assertThat(Baseline.read(file)).isEqualTo(BASELINE);
    }

    @Test
    void aBaselineWithoutACostIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("baseline"), "reads.cpu=1\nreads.bytes=2\nmixed.cpu=3\n");
        assertThatThrownBy(() -> Baseline.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no mixed.bytes");
    }

    /** Spends what the baseline says, times a factor; the last factor of several stays. */
    private static final class ScriptedMeter implements Meter {
        private final Map<Check, List<Double>> factors = new EnumMap<>(Check.class);
        private final List<Check> measured = new ArrayList<>();
        private double slowness = 1;
        private double allocation = 1;

        void factor(Check check, Double... inTurn) {
            factors.put(check, List.of(inTurn));
        }

        void slowDown(double times) {
            slowness = times;
        }

        void allocate(double times) {
            allocation = times;
        }

        long measurements(Check check) {
            return measured.stream().filter(check::equals).count();
        }

        @Override
        public double reference() {
            return slowness * REFERENCE_MICROS;
        }

        @Override
        public Spent subject(Check check) {
            List<Double> inTurn = factors.getOrDefault(check, List.of(1.0));
            double factor = inTurn.get((int) Math.min(measurements(check), inTurn.size() - 1));
            measured.add(check);
            Cost cost = BASELINE.cost(check);
            return new Spent(slowness * REFERENCE_MICROS * cost.cpu() * factor, cost.bytes() * allocation);
        }
    }
}
