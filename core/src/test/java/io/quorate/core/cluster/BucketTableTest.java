package io.quorate.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.BucketTable.Setting;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BucketTableTest {
    private static final Actor ACTOR = new Actor("n1", 1);

    @Property(tries = 300)
    void mergeIsASemilattice(@ForAll long seed) {
        List<Map.Entry<String, Setting>> changes = changes(new Random(seed));
        Random random = new Random(seed);
        BucketTable a = some(changes, random);
        BucketTable b = some(changes, random);
        BucketTable c = some(changes, random);
        assertThat(a.merge(a)).isEqualTo(a);
        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
        assertThat(a.merge(BucketTable.EMPTY)).isEqualTo(a);
        assertThat(a.merge(b).digest()).isEqualTo(b.merge(a).digest());
        assertThat(a.digest() == b.digest()).isEqualTo(a.equals(b));
    }

    @Test
    void theLatestChangeOfABucketHolds() {
        BucketProperties two = new BucketProperties(
                2, Quorum.LOCAL, Quorum.ALL, false, ConflictRule.of(ConflictPolicy.LAST_WRITE_WINS));
        BucketTable table = BucketTable.EMPTY
                .with("a", setting(5, Optional.of(two)))
                .with("a", setting(3, Optional.of(BucketProperties.DEFAULT)));
        assertThat(table.find("a")).contains(two);
        assertThat(table.find("b")).isEmpty();
        assertThat(table.with("a", setting(6, Optional.empty())).find("a")).isEmpty();
        assertThat(table.with("a", setting(6, Optional.empty())).merge(table).find("a"))
                .isEmpty();
    }

    /** What a node of version 0.1 has on its disk. */
    @Test
    void readsTheFormatThatKnewNoRanking() {
        Bytes old = new ByteWriter()
                .int8(1)
                .varint(1)
                .utf8("a")
                .utf8("n1")
                .int64(7)
                .int64(5)
                .int8(1)
                .varint(2)
                .utf8("one")
                .utf8("all")
                .int8(0)
                .utf8("last_write_wins")
                .toBytes();
        ConflictRule latest = ConflictRule.of(ConflictPolicy.LAST_WRITE_WINS);
        assertThat(BucketTableCodec.decode(old).find("a"))
                .contains(new BucketProperties(2, Quorum.ONE, Quorum.ALL, false, latest));
    }

    /** What a node had on its disk before values could expire. */
    @Test
    void readsTheFormatThatKnewNoTtl() {
        Bytes old = new ByteWriter()
                .int8(2)
                .varint(1)
                .utf8("a")
                .utf8("n1")
                .int64(7)
                .int64(5)
                .int8(1)
                .varint(2)
                .utf8("one")
                .utf8("all")
                .int8(0)
                .utf8("priority")
                .varint(1)
                .utf8("n2")
                .toBytes();
        ConflictRule ranked = new ConflictRule(ConflictPolicy.PRIORITY, List.of("n2"));
        assertThat(BucketTableCodec.decode(old).find("a"))
                .contains(new BucketProperties(2, Quorum.ONE, Quorum.ALL, false, ranked));
    }

    @Test
    void cannotBeChangedInPlace() {
        BucketTable table = BucketTable.EMPTY.with("a", setting(1, Optional.empty()));
        assertThatThrownBy(() -> table.settings().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(BucketTable.EMPTY.settings()).isEmpty();
    }

    /** Changes of a few buckets, each under a dot of its own. */
    private static List<Map.Entry<String, Setting>> changes(Random random) {
        List<Map.Entry<String, Setting>> changes = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            Optional<BucketProperties> properties = random.nextInt(3) == 0
                    ? Optional.empty()
                    : Optional.of(new BucketProperties(
                            i,
                            Quorum.ONE,
                            Quorum.ALL,
                            true,
                            new ConflictRule(ConflictPolicy.PRIORITY, List.of("n2", "n1")),
                            Ttl.parse(i + "d").filter(ttl -> random.nextBoolean())));
            Dot dot = new Dot(new Actor("n" + i % 3, i % 2), 1 + i / 3);
            changes.add(Map.entry("bucket" + random.nextInt(3), new Setting(dot, properties)));
        }
        return changes;
    }

    private static BucketTable some(List<Map.Entry<String, Setting>> changes, Random random) {
        Collections.shuffle(changes, random);
        BucketTable table = BucketTable.EMPTY;
        for (Map.Entry<String, Setting> change : changes.subList(0, random.nextInt(changes.size() + 1))) {
            table = table.with(change.getKey(), change.getValue());
        }
        return table;
    }

    private static Setting setting(long counter, Optional<BucketProperties> properties) {
        return new Setting(new Dot(ACTOR, counter), properties);
    }
}
