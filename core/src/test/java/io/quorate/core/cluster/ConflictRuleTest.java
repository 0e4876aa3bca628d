package io.quorate.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConflictRuleTest {
    private static final ConflictRule RANKED = new ConflictRule(ConflictPolicy.PRIORITY, List.of("n2", "n1"));

    private final Sibling highest = version("n2", 1);
    private final Sibling middle = version("n1", 9);
    private final Sibling unranked = version("n7", 5);
    private final Siblings state = Siblings.EMPTY
            .stamp(Context.EMPTY, highest, 3)
            .stamp(Context.EMPTY, middle, 3)
            .stamp(Context.EMPTY, unranked, 3);

    @Test
    void aWriteReplacesWhatItOutranksAndNothingElse() {
        Context seen = RANKED.seenBy("n1", Context.EMPTY, state);

        assertThat(seen.covers(middle.dot())).as("of its own rank").isTrue();
        assertThat(seen.covers(unranked.dot())).isTrue();
        assertThat(seen.covers(highest.dot())).isFalse();
        assertThat(RANKED.seenBy("n3", Context.EMPTY, state)).isEqualTo(Context.EMPTY.withDot(unranked.dot()));
    }

    @Test
    void theRankDecidesBeforeTheTime() {
        assertThat(RANKED.winner(state.versions())).contains(highest);
        assertThat(RANKED.winner(List.of(unranked, middle))).contains(middle);
        assertThat(RANKED.winner(List.of(version("n8", 6), unranked))).contains(version("n8", 6));
    }

    /** To replace one dot of a request is to replace them all, so a lower rank must not do it by the lower one. */
    @Test
    void aRequestThatTwoReplicasStampedHasTheHigherRank() {
        RequestId request = new RequestId(7, 7);
        Sibling low = new Sibling(new Dot(new Actor("n8", 1), 20), request, Optional.of(Bytes.utf8("twice")));
        Sibling high = new Sibling(new Dot(new Actor("n2", 1), 21), request, low.value());
        Siblings both = Siblings.EMPTY.stamp(Context.EMPTY, low, 3).stamp(Context.EMPTY, high, 3);

        Context seen = RANKED.seenBy("n9", Context.EMPTY, both);

        assertThat(seen).isEqualTo(Context.EMPTY);
        assertThat(both.stamp(seen, version("n9", 22), 3).versions()).contains(high);
        assertThat(both.versions())
                .allMatch(version -> RANKED.seenBy("n2", Context.EMPTY, both).covers(version.dot()));
    }

    @Test
    void policiesThatNeedAllValuesReplaceNothing() {
        for (ConflictPolicy policy : List.of(ConflictPolicy.SIBLINGS, ConflictPolicy.UNION, ConflictPolicy.MAX)) {
            assertThat(ConflictRule.of(policy).seenBy("n1", Context.EMPTY, state))
                    .isEqualTo(Context.EMPTY);
        }
    }

    private static Sibling version(String node, long counter) {
        return new Sibling(
                new Dot(new Actor(node, 1), counter), new RequestId(counter, 0), Optional.of(Bytes.utf8(node)));
    }
}
