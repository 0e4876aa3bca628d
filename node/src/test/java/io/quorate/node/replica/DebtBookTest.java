package io.quorate.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DebtBookTest {
    private static final long DEBTS_MAX = 2;
    private static final Ring RING = Ring.of(new Members(
            "c",
            8,
            1,
            Stream.of("n1", "n2").map(id -> new Member(id, "", "", "", 1)).toList()));

    private final DebtBook book =
            new DebtBook(new StableCluster(RING, "n1"), new HybridClock(new StoppedClock(), 0, 0, 60_000), DEBTS_MAX);
    private final List<Change> written = new ArrayList<>();
    private int keys;

    /** What an earlier life of this node wrote down is found by the first count only. */
    @Test
    void beforeTheFirstCountAnythingMayBeOwed() {
        assertThat(book.mayOwe("n2")).isTrue();

        count(0);

        assertThat(book.mayOwe("n2")).isFalse();
    }

    @Test
    void aNewDebtIsKnownAtOnce() {
        count(0);

        owe();

        assertThat(book.mayOwe("n2")).isTrue();
        assertThat(book.estimate("n2")).isEqualTo(1);
    }

    /** The count may have passed its place in the list already. */
    @Test
    void aDebtThatIsAddedDuringACountIsNotForgottenByIt() {
        owe();
        book.counting("n2");
        owe();
        book.counted("n2", 0);

        assertThat(book.mayOwe("n2")).isTrue();
        assertThat(book.estimate("n2")).isEqualTo(1);

        count(0);

        assertThat(book.mayOwe("n2")).isFalse();
    }

    @Test
    void aPartitionIsADebtToo() {
        count(0);

        book.addPartition(3, "n2", written);

        assertThat(book.mayOwe("n2")).isTrue();
    }

    @Test
    void moreThanTheListMayHoldIsOwedAsPartitions() {
        for (int i = 0; i < 4; i++) {
            owe();
        }

        assertThat(written.stream().map(change -> StorageKeys.isOwedPartition(change.key())))
                .containsExactly(false, false, true, true);
    }

    private void owe() {
        book.add(Key.of("b", "k" + keys++), List.of("n2"), written);
    }

    private void count(long found) {
        book.counting("n2");
        book.counted("n2", found);
    }
}
