package io.quorate.coordinator.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Ancestor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Receipt;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of the policies, and what each makes of values. */
final class ResolutionTest {
    private static final Key KEY = Key.of("b", "k");
    private static final List<String> NUMBERS = List.of("1", "1.0", "10e-1", "-3", "2.50", "1e3", "0", "-0");
    private static final List<String> STRINGS = List.of("\"a\"", "\"\\u0061\"", "\"ü\"", "\"\"", "\"zz\"");
    private static final List<String> ARRAYS = List.of(
            "[]", "[2,1]", "[1,2]", "[1.0,\"x\"]", "[{\"b\":1,\"a\":2}]", "[{\"a\":2,\"b\":1},null]", "[[2],[1]]");

    private static final Resolution RESOLUTION =
            new Resolution(bucket -> Optional.of((key, values) -> Optional.of(Collections.max(values))));

    /** However the versions are grouped on their way, and however often they come, the reader is shown the same. */
    @Property(tries = 2_000)
    void isAssociativeCommutativeAndIdempotent(@ForAll Random random) {
        ConflictRule rule = rule(random);
        List<String> values =
                List.of(NUMBERS, STRINGS, ARRAYS).get(rule.policy() == ConflictPolicy.UNION ? 2 : random.nextInt(3));
        List<Sibling> all = versions(values, random);
        List<Sibling> left = all.subList(0, random.nextInt(all.size() + 1));
        List<Sibling> right = new ArrayList<>(all.subList(random.nextInt(left.size() + 1), all.size()));
        Collections.shuffle(right, random);

        List<Sibling> together = resolve(rule, all);
        List<Sibling> parts = new ArrayList<>(resolve(rule, left));
        parts.addAll(resolve(rule, right));

        assertThat(resolve(rule, parts)).isEqualTo(together);
        assertThat(resolve(rule, together)).isEqualTo(together);
    }

    /** Joined strings are the one result that must not be joined again; so nothing that is resolved is ever stored. */
    @Property
    void stringsAreJoinedInTheOrderOfTheirWrites(@ForAll Random random) {
        List<Sibling> all = versions(List.of("\"a\"", "\"b\"", "\"c\""), random);
        List<Sibling> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        assertThat(resolve(of(ConflictPolicy.UNION), shuffled)).isEqualTo(resolve(of(ConflictPolicy.UNION), all));
        assertThat(shown(ConflictPolicy.UNION, "\"milk \"", "\"\\\"eggs\\\"\"", "\"milk \""))
                .containsExactly("\"milk \\\"eggs\\\"\"");
    }

    @Example
    void arraysAreSets() {
        assertThat(shown(ConflictPolicy.UNION, "[\"milk\",\"bread\"]", "[\"eggs\", \"milk\"]"))
                .containsExactly("[\"bread\",\"eggs\",\"milk\"]");
        assertThat(shown(ConflictPolicy.UNION, "[10,9]", "[{\"a\":1,\"b\":2}]", "[{\"b\":2.0,\"a\":1}]"))
                .containsExactly("[9,10,{\"a\":1,\"b\":2}]");
        assertThat(shown(ConflictPolicy.UNION, "[2,1]"))
                .as("one value is not touched")
                .containsExactly("[2,1]");
    }

    @Example
    void extremesCompareNumbersAsNumbers() {
        assertThat(shown(ConflictPolicy.MAX, "9", "10", "2.5e0")).containsExactly("10");
        assertThat(shown(ConflictPolicy.MIN, "9", "10", "2.5e0")).containsExactly("2.5e0");
        assertThat(shown(ConflictPolicy.MAX, "\"9\"", "\"10\"")).containsExactly("\"9\"");
    }

    @Example
    void whatCannotBeDecidedStaysSiblings() {
        assertThat(shown(ConflictPolicy.MAX, "1", "\"1\"")).hasSize(2);
        assertThat(shown(ConflictPolicy.MIN, "{}", "[]")).hasSize(2);
        assertThat(shown(ConflictPolicy.UNION, "{\"a\":1}", "{\"b\":1}")).hasSize(2);
        assertThat(shown(ConflictPolicy.MAX, "1", "9".repeat(5_000)))
                .as("too long to compare")
                .hasSize(2);
        assertThat(shown(ConflictPolicy.SIBLINGS, "1", "2")).hasSize(2);
    }

    @Example
    void aValueOutlivesADeleteThatDidNotKnowOfIt() {
        List<Sibling> versions = List.of(version("n1", 1, Optional.of("5")), version("n2", 9, Optional.empty()));
        assertThat(resolve(of(ConflictPolicy.MAX), versions)).containsExactly(versions.get(0));
        assertThat(resolve(of(ConflictPolicy.LAST_WRITE_WINS), versions)).containsExactly(versions.get(1));
    }

    @Example
    void whatHasExpiredIsNoSibling() {
        Sibling value = version("n1", 1, Optional.of("5"));
        Sibling expired = new Sibling(new Dot(new Actor("n2", 1), 9), new RequestId(9, 0), Optional.empty(), 100);
        List<Sibling> versions = List.of(value, expired);
        for (ConflictPolicy policy : List.of(ConflictPolicy.SIBLINGS, ConflictPolicy.MAX, ConflictPolicy.UNION)) {
            assertThat(resolve(of(policy), versions)).containsExactly(value);
        }
        assertThat(resolve(of(ConflictPolicy.LAST_WRITE_WINS), versions))
                .as("it won over the other, which does not come back")
                .containsExactly(expired);
        Sibling another = new Sibling(new Dot(new Actor("n3", 1), 4), new RequestId(4, 0), Optional.empty(), 200);
        assertThat(resolve(of(ConflictPolicy.SIBLINGS), List.of(expired, another)))
                .hasSize(1);
    }

    @Example
    void ofTwoDotsOfOneRequestThePreferredOneCounts() {
        ConflictRule ranked = new ConflictRule(ConflictPolicy.PRIORITY, List.of("n3", "n2"));
        RequestId request = new RequestId(9, 9);
        Sibling low = new Sibling(new Dot(new Actor("n1", 1), 5), request, Optional.of(Bytes.utf8("1")));
        Sibling high = new Sibling(new Dot(new Actor("n3", 1), 6), request, Optional.of(Bytes.utf8("1")));
        Sibling middle = version("n2", 7, Optional.of("2"));
        assertThat(resolve(ranked, List.of(low, high, middle))).containsExactly(high);
    }

    @Example
    void fieldsAreMergedWithWhatTheyWereMadeFrom() {
        Ancestor base = new Ancestor(
                List.of(new Receipt(new RequestId(1, 0), new Dot(new Actor("n1", 1), 1))),
                Bytes.utf8("{\"a\":1,\"b\":1}"));
        Sibling one = version("n1", 2, Optional.of("{\"a\":2,\"b\":1}")).withAncestors(List.of(base));
        Sibling other = version("n2", 3, Optional.of("{\"a\":1,\"b\":3}")).withAncestors(List.of(base));
        Sibling third = version("n3", 4, Optional.of("{\"a\":4,\"b\":1}")).withAncestors(List.of(base));

        List<Sibling> merged = resolve(of(ConflictPolicy.THREE_WAY), List.of(one, other));
        assertThat(merged).containsExactly(version("n2", 3, Optional.of("{\"a\":2,\"b\":3}")));
        assertThat(resolve(of(ConflictPolicy.THREE_WAY), List.of(one, other, third)))
                .as("two values of one field")
                .containsExactly(one, other, third);
        Sibling blind = version("n3", 4, Optional.of("{\"a\":1,\"b\":1}"));
        assertThat(resolve(of(ConflictPolicy.THREE_WAY), List.of(one, blind)))
                .as("one that was made from nobody knows what")
                .hasSize(2);
        Sibling delete = version("n3", 4, Optional.empty());
        assertThat(resolve(of(ConflictPolicy.THREE_WAY), List.of(one, other, delete)))
                .as("a delete that did not know of them")
                .hasSize(3);
        assertThat(resolve(of(ConflictPolicy.SIBLINGS), List.of(one, other)))
                .as("in a bucket that is set to something else since")
                .hasSize(2);
    }

    @Example
    void customIsTheApplicationsOwn() {
        assertThat(shown(ConflictPolicy.CUSTOM, "1", "3", "2")).containsExactly("3");
        Siblings state = state(List.of(version("n1", 1, Optional.of("1")), version("n2", 2, Optional.of("2"))));
        assertThat(Resolution.STANDARD
                        .resolve(KEY, of(ConflictPolicy.CUSTOM), state)
                        .versions())
                .hasSize(2);
        Resolution broken = new Resolution(bucket -> Optional.of((key, values) -> {
            throw new IllegalStateException("of the application");
        }));
        assertThat(broken.resolve(KEY, of(ConflictPolicy.CUSTOM), state).versions())
                .hasSize(2);
    }

    private static ConflictRule rule(Random random) {
        List<ConflictPolicy> policies = List.of(
                ConflictPolicy.LAST_WRITE_WINS,
                ConflictPolicy.PRIORITY,
                ConflictPolicy.UNION,
                ConflictPolicy.MAX,
                ConflictPolicy.MIN,
                ConflictPolicy.CUSTOM);
        return new ConflictRule(policies.get(random.nextInt(policies.size())), List.of("n3", "n1"));
    }

    private static ConflictRule of(ConflictPolicy policy) {
        return ConflictRule.of(policy);
    }

    private static List<Sibling> versions(List<String> values, Random random) {
        List<Sibling> versions = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 1; i <= count; i++) {
            String value = values.get(random.nextInt(values.size()));
            versions.add(version("n" + (1 + random.nextInt(4)), i, Optional.of(value)));
        }
        return versions;
    }

    private static List<String> shown(ConflictPolicy policy, String... values) {
        List<Sibling> versions = new ArrayList<>();
        for (String value : values) {
            versions.add(version("n1", versions.size() + 1, Optional.of(value)));
        }
        return resolve(of(policy), versions).stream()
                .map(version -> version.value().orElseThrow().toUtf8())
                .toList();
    }

    private static Sibling version(String node, long counter, Optional<String> value) {
        return new Sibling(new Dot(new Actor(node, 1), counter), new RequestId(counter, 0), value.map(Bytes::utf8));
    }

    private static List<Sibling> resolve(ConflictRule rule, List<Sibling> versions) {
        return RESOLUTION.resolve(KEY, rule, state(versions)).versions();
    }

    private static Siblings state(List<Sibling> versions) {
        Siblings state = Siblings.EMPTY;
        for (Sibling version : versions) {
            if (state.versions().stream().noneMatch(other -> other.dot().equals(version.dot()))) {
                state = state.merge(new Siblings(Context.EMPTY.withDot(version.dot()), List.of(version), List.of(), 3));
            }
        }
        return state;
    }
}
