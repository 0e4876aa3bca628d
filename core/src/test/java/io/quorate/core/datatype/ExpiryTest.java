package io.quorate.core.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final ConflictRule SIBLINGS = ConflictRule.SIBLINGS;
    private static final ConflictRule LATEST = ConflictRule.of(ConflictPolicy.LAST_WRITE_WINS);

    @Test
    void aValueIsThereUntilItsTime() {
        Siblings state = one("n1", 1, 100);

        assertThat(Expiry.at(99, SIBLINGS, state)).isSameAs(state);
        Siblings expired = Expiry.at(100, SIBLINGS, state);
        assertThat(expired.isDeleted()).isTrue();
        assertThat(expired.context()).isEqualTo(state.context());
        assertThat(expired.versions()).containsExactly(state.versions().get(0).expired());
        assertThat(Expiry.at(500, SIBLINGS, expired)).isEqualTo(expired);
    }

    @Test
    void whoeverStillHasTheValueLosesItInTheMerge() {
        Siblings state = one("n1", 1, 100);
        Siblings expired = Expiry.at(100, SIBLINGS, state);

        assertThat(state.merge(expired)).isEqualTo(expired);
        assertThat(expired.merge(state)).isEqualTo(expired);
    }

    @Test
    void aSiblingThatExpiresLeavesTheOthers() {
        Siblings both = one("n1", 1, 100).merge(one("n2", 2, Sibling.NEVER));

        Siblings later = Expiry.at(100, SIBLINGS, both);
        assertThat(values(later)).containsExactly("n2");
        assertThat(later.context()).isEqualTo(both.context());
        assertThat(later.merge(both)).isEqualTo(later);
    }

    @Test
    void ofSiblingsThatAllExpireOneTombstoneIsLeft() {
        Siblings both = one("n1", 1, 100).merge(one("n2", 2, 200));

        Siblings stepwise = Expiry.at(200, SIBLINGS, Expiry.at(100, SIBLINGS, both));
        assertThat(stepwise).isEqualTo(Expiry.at(300, SIBLINGS, both));
        assertThat(stepwise.versions()).hasSize(1).allMatch(Sibling::isExpired);
    }

    @Test
    void whatTheLastWriteReplacedDoesNotComeBackWhenThatExpires() {
        Siblings both = one("n1", 1, Sibling.NEVER).merge(one("n2", 2, 100));

        assertThat(Expiry.at(100, LATEST, both).isDeleted()).isTrue();
        assertThat(values(Expiry.at(100, SIBLINGS, both))).containsExactly("n1");
        Siblings other = one("n1", 1, 100).merge(one("n2", 2, Sibling.NEVER));
        assertThat(values(Expiry.at(100, LATEST, other))).containsExactly("n2");
    }

    @Test
    void aDeleteBesideItIsADeleteStill() {
        Sibling delete = new Sibling(dot("n2", 2), new RequestId(0, 2), Optional.empty());
        Siblings both = one("n1", 1, 100).merge(Siblings.EMPTY.stamp(Context.EMPTY, delete, 3));

        assertThat(Expiry.at(100, SIBLINGS, both).versions()).containsExactly(delete);
    }

    @Test
    void versionsOfADataTypeStayAsLongAsTheLongestOfThem() {
        Siblings both = counter("n1", 1, 100).merge(counter("n2", 2, 200));

        assertThat(Expiry.at(199, SIBLINGS, both)).isEqualTo(both);
        assertThat(KeyContent.of(both).shown())
                .hasSize(1)
                .allMatch(shown -> shown.value().orElseThrow().toUtf8().equals("2") && shown.expiresMillis() == 200);
        assertThat(Expiry.at(200, SIBLINGS, both).isDeleted()).isTrue();
    }

    /** Whatever each of them has heard, and whatever its clock says meanwhile. */
    @Property(tries = 500)
    void replicasBecomeEqualWheneverEachOfThemLooksAtItsClock(@ForAll long seed) {
        Random random = new Random(seed);
        ConflictRule rule = random.nextBoolean() ? SIBLINGS : LATEST;
        List<Siblings> replicas = new ArrayList<>(List.of(Siblings.EMPTY, Siblings.EMPTY, Siblings.EMPTY));
        for (int i = 1; i < 40; i++) {
            int here = random.nextInt(3);
            Siblings state = replicas.get(here);
            replicas.set(
                    here,
                    switch (random.nextInt(3)) {
                        case 0 -> {
                            long expires = random.nextInt(4) == 0 ? Sibling.NEVER : i + random.nextInt(20);
                            Context seen = random.nextBoolean() ? state.context() : Context.EMPTY;
                            yield state.stamp(seen, version("n" + here, i, expires), 3);
                        }
                        case 1 -> state.merge(replicas.get(random.nextInt(3)));
                        default -> keepingWhatIsNotOver(i - random.nextInt(5), rule, state);
                    });
        }
        Siblings merged = replicas.get(0).merge(replicas.get(1)).merge(replicas.get(2));
        for (int i = 0; i < 6; i++) {
            Siblings a = replicas.get(i % 3);
            Siblings b = Expiry.at(100, rule, replicas.get((i + 1) % 3).merge(a));
            replicas.set((i + 1) % 3, b);
            replicas.set(i % 3, Expiry.at(100, rule, a.merge(b)));
        }
        assertThat(replicas).allMatch(replicas.get(0)::equals);
        assertThat(replicas.get(0).versions()).filteredOn(Sibling::isExpiring).isEmpty();
        Bytes encoded = SiblingsCodec.encode(merged);
        assertThat(SiblingsCodec.decode(encoded)).isEqualTo(merged);
        assertThat(SiblingsCodec.encode(SiblingsCodec.decode(encoded))).isEqualTo(encoded);
    }

    private static Siblings keepingWhatIsNotOver(long now, ConflictRule rule, Siblings state) {
        Siblings later = Expiry.at(now, rule, state);
        if (rule.equals(SIBLINGS)) {
            assertThat(later.versions())
                    .containsAll(state.versions().stream()
                            .filter(version -> version.expiresMillis() > now)
                            .toList());
        }
        return later;
    }

    private static List<String> values(Siblings state) {
        return state.versions().stream()
                .map(version -> version.value().orElseThrow().toUtf8())
                .toList();
    }

    private static Siblings one(String node, long counter, long expires) {
        return Siblings.EMPTY.stamp(Context.EMPTY, version(node, counter, expires), 3);
    }

    private static Sibling version(String node, long counter, long expires) {
        return new Sibling(dot(node, counter), new RequestId(0, counter), Optional.of(Bytes.utf8(node)), expires);
    }

    private static Siblings counter(String node, long counter, long expires) {
        RequestId request = new RequestId(0, counter);
        TypedValue value = TypedValue.empty(DataType.COUNTER, Context.EMPTY)
                .apply(List.of(new Operation.Increment(1)), dot(node, counter), request, Context.EMPTY);
        Sibling version = new Sibling(dot(node, counter), request, Optional.of(TypedValueCodec.encode(value)), expires);
        return Siblings.EMPTY.stamp(Context.EMPTY, version, 3);
    }

    private static Dot dot(String node, long counter) {
        return new Dot(new Actor(node, 1), counter);
    }
}
