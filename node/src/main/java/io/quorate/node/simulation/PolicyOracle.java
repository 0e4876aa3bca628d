package io.quorate.node.simulation;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What each policy must make of the writes, computed one write after the other, without anything of what it judges.
 *
 * <p>A write whose client got no answer may be there or not. One that was acknowledged must be there unless some write may have
 * replaced it, and must not be if an acknowledged one did.
 */
final class PolicyOracle {
    static final String COMMON = "common";
    static final List<String> FIELDS = List.of(COMMON, "f0", "f1", "f2", "f3");
    /** Of five nodes. */
    static final List<String> RANKING = List.of("n2", "n4");

    private final List<PolicyWrite> writes = new ArrayList<>();
    private final Map<RequestId, PolicyWrite> byRequest = new LinkedHashMap<>();

    static ConflictRule rule(ConflictPolicy policy) {
        return new ConflictRule(policy, policy == ConflictPolicy.PRIORITY ? RANKING : List.of());
    }

    PolicyWrite begin(IntFunction<PolicyWrite> write) {
        PolicyWrite begun = write.apply(writes.size());
        writes.add(begun);
        byRequest.put(begun.request(), begun);
        return begun;
    }

    List<PolicyWrite> writes() {
        return writes;
    }

    List<PolicyWrite> writes(Key key) {
        return writes.stream().filter(write -> write.key.equals(key)).toList();
    }

    /** Learns under which dots the writes are known. */
    void kept(Siblings state) {
        state.versions().forEach(version -> learn(version.request(), version.dot()));
        state.receipts().forEach(receipt -> learn(receipt.request(), receipt.dot()));
    }

    private void learn(RequestId request, Dot dot) {
        PolicyWrite write = byRequest.get(request);
        if (write != null) {
            write.dots.add(dot);
        }
    }

    /** Judges what a client was shown. */
    void shown(Key key, ReadAnswer answer) {
        requireKnown(key, answer.context(), write -> isShown(write, answer));
    }

    /** Judges what the client of a write was told that it has seen now. */
    void told(PolicyWrite write, Context context) {
        // Where the policy chooses, a write replaces what it has won over, as if its client had seen that.
        boolean chooses = write.policy() == ConflictPolicy.LAST_WRITE_WINS || write.policy() == ConflictPolicy.PRIORITY;
        requireKnown(write.key, context, other -> other == write || chooses);
    }

    /** A context claims no more than its client can know, or the write that carries it would replace what nobody had seen. */
    private void requireKnown(Key key, Context context, Predicate<PolicyWrite> isKnown) {
        for (PolicyWrite write : writes(key)) {
            boolean claimed = write.dots.stream().anyMatch(context::covers);
            boolean replaced = writes(key).stream().anyMatch(other -> other.hasSeen(write));
            if (claimed && !replaced && !isKnown.test(write)) {
                fail(key, "a client is told that it has seen " + write + ", and was not shown it");
            }
        }
    }

    private static boolean isShown(PolicyWrite write, ReadAnswer answer) {
        List<Sibling> versions = answer.versions();
        return switch (write.policy()) {
            case SIBLINGS, CUSTOM ->
                versions.stream().anyMatch(version -> version.request().equals(write.request()));
            case UNION ->
                write.delete
                        || versions.stream()
                                .flatMap(version -> version.value().stream())
                                .anyMatch(value -> value.toUtf8().contains(write.element()));
            case MAX -> write.delete || values(versions).anyMatch(number -> number >= write.number());
            case MIN -> write.delete || values(versions).anyMatch(number -> number <= write.number());
            case LAST_WRITE_WINS, PRIORITY, THREE_WAY -> true;
        };
    }

    private static IntStream values(List<Sibling> versions) {
        return versions.stream()
                .flatMap(version -> version.value().stream())
                .mapToInt(value -> Integer.parseInt(value.toUtf8()));
    }

    /** Judges what is stored of a key on all its replicas. */
    void reckon(Key key, Siblings stored) {
        List<PolicyWrite> held = new ArrayList<>();
        for (Sibling version : stored.versions()) {
            held.add(find(key, version));
        }
        for (Sibling version : stored.versions()) {
            writes(key).stream()
                    .filter(write -> write.acknowledged && write.seen.covers(version.dot()))
                    .findFirst()
                    .ifPresent(write -> fail(key, find(key, version) + " came back after " + write));
        }
        ConflictPolicy policy = ConflictPolicy.parse(key.bucket()).orElseThrow();
        for (PolicyWrite write : writes(key)) {
            boolean replaced = writes(key).stream().anyMatch(other -> other.hasSeen(write));
            if (write.acknowledged && !replaced && !held.contains(write) && !isOutdone(policy, write, stored)) {
                fail(key, write + " is lost; there is " + held);
            }
        }
    }

    /** Where the policy chooses one write, the others may be gone; but what is there must be what it prefers. */
    private boolean isOutdone(ConflictPolicy policy, PolicyWrite write, Siblings stored) {
        return switch (policy) {
            case LAST_WRITE_WINS, PRIORITY -> isWorse(policy, write, stored) || hasMetWithdrawn(policy, write);
            default -> false;
        };
    }

    private static boolean isWorse(ConflictPolicy policy, PolicyWrite write, Siblings stored) {
        return write.dots.stream()
                .anyMatch(dot -> stored.versions().stream()
                        .anyMatch(version -> preferred(policy).compare(version.dot(), dot) > 0));
    }

    /** A dot that is withdrawn may be later or of a higher rank than the one that is kept, and what it had won over is gone. */
    private boolean hasMetWithdrawn(ConflictPolicy policy, PolicyWrite write) {
        return writes(write.key).stream()
                .filter(other -> other != write && other.dots.size() > 1 && !write.hasSeen(other))
                .flatMap(other -> other.dots.stream())
                .anyMatch(dot ->
                        write.dots.stream().anyMatch(own -> preferred(policy).compare(dot, own) > 0));
    }

    /** Judges what a node answers, given what is stored. */
    void compare(Key key, Siblings stored, String node, ReadAnswer answer) {
        List<Optional<String>> shown = answer.versions().stream()
                .map(version -> version.value().map(Bytes::toUtf8))
                .toList();
        ConflictPolicy policy = ConflictPolicy.parse(key.bucket()).orElseThrow();
        if (policy == ConflictPolicy.THREE_WAY) {
            compareFields(key, answer);
        } else if (!shown.equals(expected(key, policy, stored))) {
            fail(key, node + " shows " + shown + " in place of " + expected(key, policy, stored));
        }
    }

    private List<Optional<String>> expected(Key key, ConflictPolicy policy, Siblings stored) {
        List<Sibling> versions = stored.distinct();
        List<PolicyWrite> live = versions.stream()
                .filter(version -> !version.isTombstone())
                .map(version -> find(key, version))
                .toList();
        if (live.isEmpty() && !versions.isEmpty() && policy != ConflictPolicy.SIBLINGS) {
            return List.of(Optional.empty());
        }
        return switch (policy) {
            case SIBLINGS ->
                versions.stream()
                        .map(version -> version.value().map(Bytes::toUtf8))
                        .toList();
            case LAST_WRITE_WINS, PRIORITY ->
                stored.versions().stream()
                        .max(Comparator.comparing(Sibling::dot, preferred(policy)))
                        .map(version -> version.value().map(Bytes::toUtf8))
                        .stream()
                        .toList();
            case UNION ->
                one(live.stream().map(PolicyWrite::element).sorted().collect(Collectors.joining(",", "[", "]")), live);
            case MAX, CUSTOM -> one(Integer.toString(numbers(live).max().orElse(0)), live);
            case MIN -> one(Integer.toString(numbers(live).min().orElse(0)), live);
            case THREE_WAY -> throw new IllegalStateException();
        };
    }

    private static List<Optional<String>> one(String text, List<PolicyWrite> live) {
        return live.isEmpty() ? List.of() : List.of(Optional.of(text));
    }

    private static IntStream numbers(List<PolicyWrite> live) {
        return live.stream().mapToInt(PolicyWrite::number);
    }

    private static Comparator<Dot> preferred(ConflictPolicy policy) {
        Comparator<Dot> byTime = Comparator.comparingLong(Dot::counter).thenComparing(Dot::actor);
        return policy == ConflictPolicy.LAST_WRITE_WINS
                ? byTime
                : Comparator.<Dot>comparingInt(dot -> {
                            int place = RANKING.indexOf(dot.actor().node());
                            return place < 0 ? -RANKING.size() : -place;
                        })
                        .thenComparing(byTime);
    }

    /** Each acknowledged change of a field is shown, or a change that replaced it. */
    private void compareFields(Key key, ReadAnswer answer) {
        List<Map<String, Integer>> shown = answer.versions().stream()
                .map(version -> fields(version.value().orElseThrow()))
                .toList();
        for (PolicyWrite write : writes(key)) {
            for (String name : FIELDS) {
                boolean changed = write.fields.getOrDefault(name, -1) == write.id;
                if (write.acknowledged && changed && shown.stream().noneMatch(fields -> isKept(name, write, fields))) {
                    fail(key, name + " of " + write + " is lost in " + shown);
                }
            }
        }
    }

    private boolean isKept(String name, PolicyWrite write, Map<String, Integer> fields) {
        if (!fields.containsKey(name)) {
            return false;
        }
        PolicyWrite last = writes.get(fields.get(name));
        return last == write || last.hasSeen(write);
    }

    private PolicyWrite find(Key key, Sibling version) {
        PolicyWrite write = byRequest.get(version.request());
        if (write == null) {
            fail(key, "nobody wrote " + version);
        }
        return write;
    }

    static String json(Map<String, Integer> fields) {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** What {@link #json} wrote. */
    static Map<String, Integer> fields(Bytes json) {
        Map<String, Integer> fields = new TreeMap<>();
        String text = json.toUtf8();
        for (String field : text.substring(1, text.length() - 1).split(",", -1)) {
            int colon = field.indexOf(':');
            fields.put(field.substring(1, colon - 1), Integer.valueOf(field.substring(colon + 1)));
        }
        return fields;
    }

    static void fail(Key key, String what) {
        throw new ViolationException(key + ": " + what);
    }
}
