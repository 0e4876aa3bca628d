package io.quorate.core.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.datatype.Operation.Assignment;
import io.quorate.core.datatype.Operation.Change;
import io.quorate.core.datatype.Operation.Delete;
import io.quorate.core.datatype.Operation.Increment;
import io.quorate.core.datatype.Operation.Insert;
import io.quorate.core.datatype.Operation.MergePatch;
import io.quorate.core.datatype.Operation.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of the data types, and their values against oracles that know histories instead of dots. */
final class DataTypesTest {
    private static final List<DataType> TYPES = List.of(DataType.values());
    private static final int STEPS = 40;
    private static final List<String> NAMES = List.of("\"a\"", "\"b\"", "\"c\"");

    /** With retries that two replicas carried out, and every state that a run passes through. */
    @Property(tries = 500)
    void mergeIsCommutativeAssociativeAndIdempotent(@ForAll Random random) {
        DataType type = TYPES.get(random.nextInt(4));
        Replicas replicas = new Replicas(type, random);
        List<TypedValue> states = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            step(replicas, type);
            states.addAll(replicas.states);
        }
        TypedValue a = states.get(random.nextInt(states.size()));
        TypedValue b = states.get(random.nextInt(states.size()));
        TypedValue c = states.get(random.nextInt(states.size()));

        assertThat(a.merge(a)).isEqualTo(a);
        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
        assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
        assertThat(TypedValueCodec.decode(TypedValueCodec.encode(c))).isEqualTo(c);
    }

    /** Every request counts once, however many replicas carried it out. */
    @Property(tries = 1_000)
    void countersAreExact(@ForAll Random random) {
        Replicas replicas = new Replicas(DataType.COUNTER, random);
        long total = 0;
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(3) == 0) {
                exchange(replicas);
            } else if (random.nextInt(3) == 0) {
                replicas.retry(random.nextInt(Replicas.COUNT));
            } else {
                int by = random.nextInt(100) - 30;
                replicas.patch(random.nextInt(Replicas.COUNT), List.of(new Increment(by), new Increment(1)));
                total += by + 1;
            }
        }
        assertThat(replicas.everything().toJson().toUtf8()).isEqualTo(Long.toString(total));
    }

    /** An element is there when somebody added it and nobody who knew of that removed it. */
    @Property(tries = 1_000)
    void setsKeepEveryAdditionThatNobodyRemovedKnowingly(@ForAll Random random) {
        Replicas replicas = new Replicas(DataType.SET, random);
        for (int i = 0; i < STEPS; i++) {
            step(replicas, DataType.SET);
        }
        Set<String> expected = new TreeSet<>();
        for (Replicas.Execution execution : replicas.executions) {
            for (Bytes element : ((Change) execution.operations().get(0)).add()) {
                boolean there = replicas.survives(
                        execution.request(),
                        operation -> ((Change) operation).remove().contains(element));
                if (there) {
                    expected.add(element.toUtf8());
                }
            }
        }
        assertThat(replicas.everything().toJson().toUtf8()).isEqualTo("[" + String.join(",", expected) + "]");
    }

    /** Of a field every change is shown or reported that nobody has changed knowingly. */
    @Property(tries = 1_000)
    void documentsLoseNoChangeUnreported(@ForAll Random random) {
        Replicas replicas = new Replicas(DataType.DOCUMENT, random);
        for (int i = 0; i < STEPS; i++) {
            int choice = random.nextInt(10);
            if (choice < 3) {
                exchange(replicas);
            } else if (choice < 5) {
                replicas.retry(random.nextInt(Replicas.COUNT));
            } else {
                replicas.patch(random.nextInt(Replicas.COUNT), List.of(flatPatch(random, i)));
            }
        }
        TypedValue merged = replicas.everything();
        TreeMap<String, Set<String>> expected = new TreeMap<>();
        for (Replicas.Execution execution : replicas.executions) {
            Assignment set =
                    ((MergePatch) execution.operations().get(0)).assignments().get(0);
            boolean there = set.value().isPresent()
                    && replicas.survives(
                            execution.request(),
                            other -> ((MergePatch) other)
                                    .assignments()
                                    .get(0)
                                    .path()
                                    .equals(set.path()));
            if (there) {
                expected.computeIfAbsent(set.path().names().get(0), first -> new TreeSet<>())
                        .add(set.value().get().toUtf8());
            }
        }
        TreeMap<String, Set<String>> shown = new TreeMap<>();
        ((Document) merged.body())
                .fields()
                .entries()
                .keySet()
                .forEach(path -> shown.put(path.names().get(0), new TreeSet<>()));
        shown.forEach((name, values) -> values.add(field(merged, name)));
        merged.conflicts()
                .forEach(conflict -> conflict.lost()
                        .forEach(value ->
                                shown.get(conflict.path().names().get(0)).add(value.toUtf8())));
        assertThat(shown).isEqualTo(expected);
    }

    /** The order of two elements is the same on every replica and for ever, and what is inserted lands next to its neighbour. */
    @Property(tries = 500)
    void listsHaveOneOrder(@ForAll Random random) {
        Replicas replicas = new Replicas(DataType.LIST, random);
        List<List<ElementId>> observed = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            int at = random.nextInt(Replicas.COUNT);
            if (random.nextInt(4) == 0) {
                exchange(replicas);
            } else {
                insertOrDelete(replicas, at);
            }
            replicas.states.forEach(state -> observed.add(state.elementIds()));
        }
        List<ElementId> last = replicas.everything().elementIds();

        for (List<ElementId> order : observed) {
            List<ElementId> left = new ArrayList<>(order);
            left.retainAll(last);
            List<ElementId> same = new ArrayList<>(last);
            same.retainAll(left);
            assertThat(left).isEqualTo(same);
        }
        assertThat(new LinkedHashSet<>(last)).isEqualTo(surviving(replicas));
    }

    private static void insertOrDelete(Replicas replicas, int at) {
        List<ElementId> before = replicas.states.get(at).elementIds();
        Random random = replicas.random;
        if (!before.isEmpty() && random.nextInt(3) == 0) {
            replicas.patch(at, List.of(new Delete(List.of(before.get(random.nextInt(before.size()))))));
            return;
        }
        int place = random.nextInt(before.size() + 1);
        boolean after = place > 0 && (place == before.size() || random.nextBoolean());
        Optional<ElementId> next =
                before.isEmpty() ? Optional.empty() : Optional.of(before.get(after ? place - 1 : place));
        int request = replicas.patch(
                at, List.of(new Insert(after ? Place.AFTER : Place.BEFORE, next, List.of(json("1"), json("2")))));
        List<ElementId> expected = new ArrayList<>(before);
        expected.add(place, new ElementId(Replicas.id(request), 0));
        expected.add(place + 1, new ElementId(Replicas.id(request), 1));
        assertThat(replicas.states.get(at).elementIds()).isEqualTo(expected);
    }

    private static Set<ElementId> surviving(Replicas replicas) {
        Set<ElementId> ids = new LinkedHashSet<>();
        for (Replicas.Execution execution : replicas.executions) {
            for (int i = 0; i < 2 && execution.operations().get(0) instanceof Insert; i++) {
                ElementId id = new ElementId(Replicas.id(execution.request()), i);
                if (replicas.survives(
                        execution.request(),
                        other -> other instanceof Delete delete
                                && delete.elements().contains(id))) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static void step(Replicas replicas, DataType type) {
        Random random = replicas.random;
        int at = random.nextInt(Replicas.COUNT);
        int choice = random.nextInt(10);
        if (choice < 3) {
            exchange(replicas);
        } else if (choice < 5) {
            replicas.retry(at);
        } else {
            replicas.patch(at, List.of(operation(replicas, type, at)));
        }
    }

    private static Operation operation(Replicas replicas, DataType type, int at) {
        Random random = replicas.random;
        return switch (type) {
            case COUNTER -> new Increment(random.nextInt(10) - 3);
            case SET -> {
                Bytes element = json(NAMES.get(random.nextInt(3)));
                yield random.nextInt(3) == 0
                        ? new Change(List.of(element), List.of())
                        : new Change(List.of(), List.of(element));
            }
            case DOCUMENT -> nestedPatch(random);
            case LIST -> {
                List<ElementId> there = replicas.states.get(at).elementIds();
                Optional<ElementId> next =
                        there.isEmpty() ? Optional.empty() : Optional.of(there.get(random.nextInt(there.size())));
                yield next.isPresent() && random.nextInt(3) == 0
                        ? new Delete(List.of(next.get()))
                        : new Insert(Place.AFTER, next, List.of(json("1")));
            }
        };
    }

    private static MergePatch flatPatch(Random random, int value) {
        FieldPath path = new FieldPath(List.of(NAMES.get(random.nextInt(3))));
        Optional<Bytes> written =
                random.nextInt(5) == 0 ? Optional.empty() : Optional.of(json(Integer.toString(value)));
        return new MergePatch(List.of(new Assignment(path, written)));
    }

    private static MergePatch nestedPatch(Random random) {
        FieldPath outer = new FieldPath(List.of(NAMES.get(random.nextInt(3))));
        if (random.nextInt(3) == 0) {
            return flatPatch(random, random.nextInt(10));
        }
        Assignment inner = new Assignment(
                outer.child(NAMES.get(random.nextInt(3))),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(json("5")));
        return new MergePatch(List.of(new Assignment(outer, Optional.of(Document.OBJECT)), inner));
    }

    private static void exchange(Replicas replicas) {
        replicas.merge(replicas.random.nextInt(Replicas.COUNT), replicas.random.nextInt(Replicas.COUNT));
    }

    private static String field(TypedValue document, String name) {
        String json = document.toJson().toUtf8();
        int start = json.indexOf(name + ":") + name.length() + 1;
        int end = json.indexOf(',', start);
        return json.substring(start, end < 0 ? json.length() - 1 : end);
    }

    private static Bytes json(String text) {
        return Bytes.utf8(text);
    }
}
