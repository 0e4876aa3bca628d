package io.quorate.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight<String> calls = new InFlight<>(3, 1_000);

    /** Against a map: open, close and sweep in any order. */
    @Property(tries = 300)
    void itHoldsExactlyTheCallsThatAreOpen(@ForAll @Size(max = 200) int[] choices) {
        InFlight<Long> any = new InFlight<>(8, 1_000);
        TreeMap<Long, Long> model = new TreeMap<>();
        long now = 0;
        for (int choice : choices) {
            int kind = Math.floorMod(choice, 4);
            if (kind <= 1 && !any.isFull()) {
                long deadline = now + Math.floorMod(choice / 4, 10);
                model.put(any.open(deadline, deadline), deadline);
            } else if (kind == 2 && !model.isEmpty()) {
                long id = model.firstKey();
                any.close(id);
                any.close(id);
                model.remove(id);
            } else if (kind == 3) {
                now++;
                long reached = now;
                int before = model.size();
                model.values().removeIf(deadline -> deadline <= reached);
                assertThat(any.sweep(now)).isEqualTo(before - model.size());
            }
            assertThat(any.isFull()).isEqualTo(model.size() == 8);
            assertThat(any.isEmpty()).isEqualTo(model.isEmpty());
            for (Map.Entry<Long, Long> open : model.entrySet()) {
                assertThat(any.get(open.getKey())).isEqualTo(open.getValue());
            }
        }
        assertThat(any.drain()).containsExactlyElementsOf(model.values());
        assertThat(any.isEmpty()).isTrue();
    }

    @Test
    void theIdOfAForgottenCallFindsNothingThoughItsPlaceIsTakenAgain() {
        long first = calls.open("first", 10);
        calls.sweep(10);
        long second = calls.open("second", 20);

        assertThat(calls.get(first)).isNull();
        calls.close(first);
        assertThat(calls.get(second)).isEqualTo("second");
        assertThat(calls.get(0)).isNull();
        assertThat(calls.get(-1)).isNull();
    }

    @Property(tries = 50)
    void bytesAreBoundedTooAndGivenBack(@ForAll @IntRange(min = 1, max = 2_000) int size) {
        InFlight<String> any = new InFlight<>(3, 1_000);
        long id = any.open("large", 10);
        any.charge(id, size);

        assertThat(any.isFull()).isEqualTo(size >= 1_000);
        any.close(id);
        assertThat(any.isFull()).isFalse();
    }

    @Test
    void drainingTellsTheOldestFirst() {
        long a = calls.open("a", 10);
        calls.open("b", 10);
        calls.close(a);
        calls.open("c", 10);

        assertThat(calls.drain()).containsExactly("b", "c");
    }

    @Test
    void deadlinesMayLieBeyondTheClocksOverflow() {
        long now = Long.MAX_VALUE - 5;
        calls.open("soon", now + 10);

        assertThat(calls.sweep(now)).isZero();
        assertThat(calls.sweep(now + 10)).isOne();
    }
}
