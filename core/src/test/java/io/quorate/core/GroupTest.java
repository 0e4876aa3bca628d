package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import io.quorate.core.ring.Ring;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTest {
    private static final Group GROUP = new Group("bucket", "order-7");
    private static final Ring RING = Ring.of(new Members("c", 1024, 1, List.of(new Member("n1", "", "", "", 1))));

    @Property(tries = 500)
    void allItsKeysLieInItsStretchOfOnePartition(@ForAll int number) {
        Key key = Key.of("bucket", "line/{order-7}/" + number);

        assertThat(Group.of(key)).contains(GROUP);
        assertThat(GROUP.contains(key)).isTrue();
        assertThat(Long.compareUnsigned(GROUP.firstToken(), key.token())).isNotPositive();
        assertThat(Long.compareUnsigned(GROUP.lastToken(), key.token())).isNotNegative();
        assertThat(RING.partitionOf(key)).isEqualTo(RING.partitionOf(GROUP.key()));
        assertThat(RING.partitionOf(GROUP.firstToken())).isEqualTo(RING.partitionOf(GROUP.lastToken()));
    }

    /** A key that is named as the tag is has a token of the stretch, and is none of the group. */
    @ParameterizedTest
    @ValueSource(strings = {"order-7", "{order-8}", "{}order-7", "{order-7", "{{order-7}", "order-7}"})
    void otherKeysAreNotOfIt(String name) {
        assertThat(GROUP.contains(Key.of("bucket", name))).isFalse();
        assertThat(GROUP.contains(Key.of("other", "{order-7}"))).isFalse();
    }

    @Test
    void theFirstTagCounts() {
        assertThat(Key.of("b", "{a}{b}").tag()).contains("a");
        assertThat(Key.of("b", "{{a}}").tag()).contains("{a");
        assertThat(Key.of("b", "a").tag()).isEmpty();
        assertThat(Group.of(Key.of("b", "{}a}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "}", "a}b"})
    void whatNoKeyCanHaveIsNoTag(String tag) {
        assertThatThrownBy(() -> new Group("b", tag)).isInstanceOf(IllegalArgumentException.class);
    }
}
