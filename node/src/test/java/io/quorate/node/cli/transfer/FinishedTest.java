package io.quorate.node.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FinishedTest {
    @Property(tries = 200)
    void nothingIsMissingBeforeWhatIsThrough(@ForAll @IntRange(max = 50) int lines, @ForAll long seed) {
        List<Long> order = new ArrayList<>();
        for (long line = 11; line <= 10 + lines; line++) {
            order.add(line);
        }
        Collections.shuffle(order, new Random(seed));
        Finished finished = new Finished(10);
        List<Long> done = new ArrayList<>();
        for (long line : order) {
            finished.add(line);
            done.add(line);
            long through = finished.through();
            assertThat(done).doesNotContain(through + 1);
            assertThat(done.stream().filter(other -> other <= through).count()).isEqualTo(through - 10);
            assertThat(finished.waiting()).isEqualTo(done.size() - (through - 10));
        }
        assertThat(finished.through()).isEqualTo(10 + lines);
    }
}
