package io.quorate.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {
    private static final Member A = new Member("a", "h:1", "h:2", "z", 1);
    private static final Member B = new Member("b", "h:3", "h:4", "z", 1);

    @Test
    void areTheSameInWhateverOrderTheyAreGiven() {
        Members members = new Members("c", 8, 1, List.of(B, A));
        assertThat(members).isEqualTo(new Members("c", 8, 1, List.of(A, B)));
        assertThat(members.members()).containsExactly(A, B);
        assertThat(members.size()).isEqualTo(2);
        assertThat(members.find("b")).contains(B);
        assertThat(members.find("c")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -8, 3, 1000, Integer.MIN_VALUE})
    void partitionsAreAPowerOfTwo(int partitions) {
        assertThatThrownBy(() -> new Members("c", partitions, 1, List.of(A)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTwoHaveOneId() {
        assertThatThrownBy(() -> new Members("c", 8, 1, List.of(A, new Member("a", "x:1", "x:2", "y", 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
