package io.quorate.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import io.quorate.core.codec.Garbage;
import io.quorate.core.codec.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MemberTableTest {
    private static final int LEFT_MAX = 64;
    private static final List<Standing> STANDINGS = List.of(Standing.values());

    @Property(tries = 300)
    void mergeIsASemilattice(@ForAll long seed) {
        Random random = new Random(seed);
        MemberTable a = table(random, 6);
        MemberTable b = table(random, 6);
        MemberTable c = table(random, 6);
        requireLaws(a, b, c);
    }

    /** What is forgotten is the same whoever merges first, as long as nobody is behind by more departures than are remembered. */
    @Property(tries = 100)
    void mergeIsASemilatticeWhenThoseWhoLeftAreForgotten(@ForAll long seed) {
        Random random = new Random(seed);
        MemberTable a = departed(random).merge(table(random, 4));
        MemberTable b = departed(random).merge(table(random, 4));
        MemberTable c = departed(random).merge(table(random, 4));
        requireLaws(a, b, c);
        MemberTable all = a.merge(b).merge(c);
        assertThat(all.stream().filter(entry -> entry.id().startsWith("gone"))).hasSizeLessThanOrEqualTo(LEFT_MAX);
    }

    private static void requireLaws(MemberTable a, MemberTable b, MemberTable c) {
        assertThat(a.merge(a)).isEqualTo(a);
        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
        assertThat(a.merge(MemberTable.empty("c", 16))).isEqualTo(a);
        assertThat(a.merge(b).digest()).isEqualTo(b.merge(a).digest());
        assertThat(a.digest() == b.digest()).isEqualTo(a.equals(b));
    }

    @Test
    void theLatestDeparturesAreRemembered() {
        MemberTable table = MemberTable.empty("c", 16);
        for (int i = 1; i <= 100; i++) {
            table = table.with(left(i));
        }
        assertThat(table.entries()).hasSize(LEFT_MAX).containsKey("gone100").doesNotContainKey("gone36");
        assertThat(table.with(left(1))).isEqualTo(table);
    }

    @Test
    void aDecisionIsReplacedByALaterOneAndNotByAnEarlier() {
        MemberTable founded =
                MemberTable.founding(new Members("c", 16, 1, List.of(new Member("n1", "p", "h", "z", 1))));
        MemberTable leaving = founded.decide("n1", Standing.LEAVING);

        assertThat(leaving.epoch()).isEqualTo(2);
        assertThat(founded.merge(leaving)).isEqualTo(leaving);
        assertThat(leaving.decide("n2", Standing.LEFT)).isEqualTo(leaving);
    }

    /** A claim says nothing about a seat, nor a seat about a claim: each is replaced by itself. */
    @Test
    void seatsAndClaimsAreMergedApart() {
        MemberEntry old = left(1);
        MemberEntry decided = old.with(new Seat("s", "z", 1, "", Standing.JOINING, 9));
        MemberEntry said = old.with(old.claim().statedAt(99));
        MemberTable empty = MemberTable.empty("c", 16);

        MemberEntry merged =
                empty.with(decided).merge(empty.with(said)).find(old.id()).orElseThrow();

        assertThat(merged.seat()).isEqualTo(decided.seat());
        assertThat(merged.claim()).isEqualTo(said.claim());
    }

    @Property(tries = 200)
    void comesBackFromBytesAsItWas(@ForAll long seed) {
        MemberTable table = table(new Random(seed), 6);

        assertThat(MemberTableCodec.decode(MemberTableCodec.encode(table))).isEqualTo(table);
    }

    @Property(tries = 40)
    void acceptsNoBytesButWhatItWrites(@ForAll long seed) {
        Random random = new Random(seed);
        Garbage.like(MemberTableCodec.encode(table(random, 3)), random, bytes -> {
            MemberTable decoded;
            try {
                decoded = MemberTableCodec.decode(bytes);
            } catch (MalformedException refused) {
                return;
            }
            assertThat(MemberTableCodec.encode(decoded)).isEqualTo(bytes);
        });
    }

    @Test
    void refusesPartitionsThatAreNoPowerOfTwo() {
        byte[] bytes =
                MemberTableCodec.encode(MemberTable.empty("c", 16)).array().clone();
        bytes[3] = 17;

        assertThatThrownBy(() -> MemberTableCodec.decode(Bytes.wrap(bytes))).isInstanceOf(MalformedException.class);
    }

    /** Few enough names, epochs and times that tables contradict each other. */
    private static MemberTable table(Random random, int members) {
        MemberTable table = MemberTable.empty("c", 16);
        for (int i = random.nextInt(members + 1); i > 0; i--) {
            Standing standing = STANDINGS.get(random.nextInt(STANDINGS.size()));
            Seat seat =
                    new Seat("s", "zone" + random.nextInt(2), 1 + random.nextInt(2), "", standing, random.nextInt(4));
            table = table.with(new MemberEntry("n" + random.nextInt(members), seat, claim(random)));
        }
        return table;
    }

    /** Most of a hundred who left one after the other; who left does not come back. */
    private static MemberTable departed(Random random) {
        List<MemberEntry> entries = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            if (random.nextInt(5) > 0) {
                entries.add(left(i).with(claim(random)));
            }
        }
        MemberTable table = MemberTable.empty("c", 16);
        for (MemberEntry entry : entries) {
            table = table.with(entry);
        }
        return table;
    }

    private static MemberEntry left(int epoch) {
        String id = "gone" + epoch;
        return new MemberEntry(id, new Seat(id, "", 1, "", Standing.LEFT, epoch), claim(new Random(epoch)));
    }

    private static Claim claim(Random random) {
        return new Claim(
                "peer" + random.nextInt(2),
                "http",
                "store",
                random.nextBoolean(),
                "",
                random.nextInt(2),
                random.nextInt(2),
                random.nextInt(3));
    }
}
