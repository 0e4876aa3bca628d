package io.quorate.coordinator.conflict;

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
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One seeded run of a few replicas of a document whose clients change single fields of what they read, from fresh reads and old ones.
 *
 * <p>The oracle keeps whole histories of single fields. When concurrent versions are shown as one, each field must be what was set
 * last; where that was set twice to different things, the one that is not shown must be what the field had been before all of them.
 */
final class LineageRun {
    /** How a write finds what it was made from. */
    interface Parents {
        List<Ancestor> of(Siblings state, Context seen);
    }

    private static final Key KEY = Key.of("b", "k");
    private static final ConflictRule RULE = ConflictRule.of(ConflictPolicy.THREE_WAY);
    private static final int FIELDS = 8;
    /** To a client that was shown siblings and took one of them every field is a choice. */
    private static final Map<String, String> CHOSEN =
            IntStream.range(0, FIELDS).boxed().collect(Collectors.toMap(i -> "f" + i, i -> "?"));

    private final Random random;
    private final Parents parents;
    private final List<Siblings> replicas = new ArrayList<>();
    private final List<View> views = new ArrayList<>(List.of(new View(0, Context.EMPTY, Map.of(), new BitSet())));
    private final List<Write> writes = new ArrayList<>();
    private final Map<Dot, Integer> numbers = new LinkedHashMap<>();
    private final int repeats;
    private long time = 1;
    private int merged;

    /** What a client was shown, and the writes that this reflects. */
    private record View(int at, Context context, Map<String, String> fields, BitSet past, Map<String, String> shown) {
        View(int at, Context context, Map<String, String> fields, BitSet past) {
            this(at, context, fields, past, fields);
        }
    }

    /** One write, with all that its client had seen. */
    private record Write(Map<String, String> shown, Map<String, String> written, BitSet past) {}

    LineageRun(long seed, Parents parents) {
        this.random = new Random(seed);
        this.parents = parents;
        this.repeats = random.nextInt(2) * 15;
        for (int i = 0; i < 3; i++) {
            replicas.add(Siblings.EMPTY);
        }
        write();
        replicas.replaceAll(replicas.get(0)::merge);
        read(0);
    }

    /** How often concurrent versions were shown as one. */
    int merged() {
        return merged;
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            int kind = random.nextInt(10);
            int at = random.nextInt(replicas.size());
            if (kind < 3) {
                write();
            } else if (kind < 7) {
                replicas.set(at, replicas.get(at).merge(replicas.get(random.nextInt(replicas.size()))));
            } else {
                replicas.set(at, replicas.get(at).merge(replicas.get(random.nextInt(replicas.size()))));
                read(at);
            }
        }
        replicas.set(0, replicas.get(0).merge(replicas.get(1)).merge(replicas.get(2)));
        read(0);
    }

    /** Mostly where its client read before, sometimes where less is known. */
    private void write() {
        List<View> recent = views.subList(Math.max(0, views.size() - 3), views.size());
        View view = random.nextInt(100) == 0 ? views.get(0) : recent.get(random.nextInt(recent.size()));
        int at = random.nextInt(5) == 0 ? random.nextInt(replicas.size()) : view.at;
        Map<String, String> fields = new TreeMap<>(view.fields);
        change(fields);
        int number = writes.size();
        writes.add(new Write(view.shown, fields, view.past));
        RequestId request = new RequestId(0, number);
        Context own = stamp(at, view, fields, request);
        if (random.nextInt(100) < repeats) {
            stamp(random.nextInt(replicas.size()), view, fields, request);
        }
        BitSet past = (BitSet) view.past.clone();
        past.set(number);
        views.add(new View(at, own, fields, past));
    }

    /** Few values, so that fields often come back to what they were. */
    private void change(Map<String, String> fields) {
        String name = "f" + random.nextInt(FIELDS);
        int value = random.nextInt(4);
        if (value == 0) {
            fields.remove(name);
        } else {
            fields.put(name, Integer.toString(value));
        }
    }

    private Context stamp(int at, View view, Map<String, String> fields, RequestId request) {
        Siblings state = replicas.get(at);
        if (state.dotOf(request).isPresent()) {
            return view.context;
        }
        Dot dot = new Dot(new Actor("n" + at, 1), time++);
        numbers.put(dot, (int) request.low());
        Sibling written =
                new Sibling(dot, request, Optional.of(json(fields))).withAncestors(parents.of(state, view.context));
        Siblings next = state.stamp(view.context, written, 3).withReceipt(new Receipt(request, dot));
        replicas.set(at, next);
        return SiblingsCodec.seenAfter(SiblingsCodec.encode(next), view.context, dot);
    }

    private void read(int at) {
        Siblings state = replicas.get(at);
        List<Sibling> distinct = state.distinct();
        List<Sibling> shown = Resolution.STANDARD.resolve(KEY, RULE, state).versions();
        if (distinct.isEmpty()) {
            return;
        }
        Map<String, String> fields = fields(shown.get(0).value().orElseThrow());
        BitSet past = new BitSet();
        for (Sibling version : distinct) {
            past.or(pastOf(version));
        }
        if (shown.size() > 1) {
            views.add(new View(at, state.context(), fields, past, CHOSEN));
            return;
        }
        views.add(new View(at, state.context(), fields, past));
        if (distinct.size() > 1) {
            merged++;
            for (int i = 0; i < FIELDS; i++) {
                check("f" + i, fields, distinct, past);
            }
        }
    }

    private BitSet pastOf(Sibling version) {
        int number = numbers.get(version.dot());
        BitSet past = (BitSet) writes.get(number).past.clone();
        past.set(number);
        return past;
    }

    private void check(String name, Map<String, String> shown, List<Sibling> versions, BitSet past) {
        Optional<String> found = Optional.ofNullable(shown.get(name));
        List<Integer> changes = past.stream()
                .filter(number -> !Objects.equals(
                        writes.get(number).shown.get(name),
                        writes.get(number).written.get(name)))
                .boxed()
                .toList();
        List<Integer> last = changes.stream()
                .filter(number -> changes.stream()
                        .noneMatch(later -> writes.get(later).past.get(number)))
                .toList();
        List<Integer> kept = last.stream()
                .filter(number -> valueAt(number, name).equals(found))
                .toList();
        boolean right = last.isEmpty()
                ? found.isEmpty()
                : last.stream()
                        .allMatch(number -> kept.contains(number)
                                || kept.stream().anyMatch(other -> isWhatItWasBefore(name, number, other)));
        if (!right) {
            throw new AssertionError(name + " is shown as " + found + " beside " + last + " of " + versions);
        }
    }

    /** Whether one change only came back to what was there before another was made beside it. */
    private boolean isWhatItWasBefore(String name, int number, int other) {
        BitSet common = (BitSet) writes.get(number).past.clone();
        common.and(writes.get(other).past);
        return common.stream().anyMatch(before -> valueAt(before, name).equals(valueAt(number, name)));
    }

    private Optional<String> valueAt(int number, String name) {
        return Optional.ofNullable(writes.get(number).written.get(name));
    }

    private static Bytes json(Map<String, String> fields) {
        return Bytes.utf8(fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}")));
    }

    private static Map<String, String> fields(Bytes json) {
        Map<String, String> fields = new TreeMap<>();
        JsonValue.parse(json)
                .orElseThrow()
                .fields()
                .forEach((name, value) -> fields.put(
                        name.substring(1, name.length() - 1), value.text().toUtf8()));
        return fields;
    }
}
