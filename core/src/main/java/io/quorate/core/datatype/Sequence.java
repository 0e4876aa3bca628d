package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.datatype.Operation.Place;
import io.quorate.core.datatype.Position.Step;
import io.quorate.core.datatype.RejectedException.Reason;
import io.quorate.core.version.Dot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A list of JSON values in one order everywhere; a deleted element leaves nothing behind. */
record Sequence(DotMap<ElementId, Placed> elements) implements Body {
    static final Sequence EMPTY = new Sequence(DotMap.empty());

    /** An element's value, and where it is. */
    record Placed(Position position, Bytes value) {}

    /** An element as readers see it. */
    record Element(ElementId id, Placed placed) {}

    @Override
    public DataType type() {
        return DataType.LIST;
    }

    @Override
    public Body merge(Body other, Meeting meeting) {
        return new Sequence(elements.merge(((Sequence) other).elements, meeting, Sequence::first));
    }

    /** Of one element in two places the first: what was put behind it, in whichever of them, stays behind it. */
    private static Placed first(Placed one, Placed other) {
        return one.position().compareTo(other.position()) <= 0 ? one : other;
    }

    @Override
    public Body apply(Operation operation, Event event, int first) {
        if (operation instanceof Operation.Delete delete) {
            return new Sequence(elements.without(delete.elements()::contains));
        }
        Operation.Insert insert = (Operation.Insert) operation;
        List<Element> ordered = ordered();
        Position begin = begin(ordered, neighbour(ordered, insert), event.dot(), first);
        TreeMap<ElementId, SortedMap<Dot, Placed>> changed = new TreeMap<>(elements.entries());
        for (int i = 0; i < insert.values().size(); i++) {
            TreeMap<Dot, Placed> placed = new TreeMap<>();
            placed.put(event.dot(), new Placed(begin.further(i), insert.values().get(i)));
            changed.put(new ElementId(event.request(), first + i), placed);
        }
        return new Sequence(new DotMap<>(changed));
    }

    /** How many elements come before what is inserted. */
    private static int neighbour(List<Element> ordered, Operation.Insert insert) {
        boolean before = insert.place() == Place.BEFORE;
        if (insert.next().isEmpty()) {
            return before ? 0 : ordered.size();
        }
        for (int i = 0; i < ordered.size(); i++) {
            if (ordered.get(i).id().equals(insert.next().get())) {
                return before ? i : i + 1;
            }
        }
        throw new RejectedException(Reason.UNKNOWN_ELEMENT, "the list has no such element");
    }

    /** Behind the element before; in the run of that one where this actor goes on with what it wrote, else in a run of its own. */
    private static Position begin(List<Element> ordered, int before, Dot dot, int ordinal) {
        if (before == 0) {
            return Position.START.within(dot, ordinal);
        }
        Position left = ordered.get(before - 1).placed().position();
        boolean goesOn = left.last().run().actor().equals(dot.actor())
                && ordered.stream()
                        .noneMatch(element ->
                                left.isFollowedInItsRunBy(element.placed().position()));
        return goesOn ? left.further(1) : left.within(dot, ordinal);
    }

    /** The elements in the order of the list. */
    List<Element> ordered() {
        return elements.entries().entrySet().stream()
                .map(entry -> new Element(
                        entry.getKey(), entry.getValue().values().iterator().next()))
                .sorted(Comparator.<Element, Position>comparing(
                                element -> element.placed().position())
                        .thenComparing(Element::id))
                .toList();
    }

    @Override
    public Bytes toJson(Journal journal) {
        return Bytes.utf8(ordered().stream()
                .map(element -> element.placed().value().toUtf8())
                .collect(Collectors.joining(",", "[", "]")));
    }

    @Override
    public void write(ByteWriter out, Actors actors) {
        out.varint(elements.entries().size());
        for (Entry<ElementId, SortedMap<Dot, Placed>> element :
                elements.entries().entrySet()) {
            element.getKey().write(out);
            out.varint(element.getValue().size());
            element.getValue().forEach((dot, placed) -> {
                actors.writeDot(out, dot);
                out.bytes(placed.value()).varint(placed.position().path().size());
                for (Step step : placed.position().path()) {
                    actors.writeDot(out, step.run());
                    out.varint(step.ordinal()).varint(step.offset());
                }
            });
        }
    }

    static Sequence read(ByteReader in, Actors actors) {
        TreeMap<ElementId, SortedMap<Dot, Placed>> elements = new TreeMap<>();
        for (int left = in.count(18); left > 0; left--) {
            ElementId id = ElementId.read(in);
            TreeMap<Dot, Placed> dots = new TreeMap<>();
            for (int more = in.count(11); more > 0; more--) {
                dots.put(actors.readDot(in), readPlaced(in, actors));
            }
            elements.put(id, dots);
        }
        return new Sequence(new DotMap<>(elements));
    }

    private static Placed readPlaced(ByteReader in, Actors actors) {
        Bytes value = in.bytes();
        List<Step> path = new ArrayList<>();
        for (int left = in.count(11); left > 0; left--) {
            path.add(new Step(actors.readDot(in), in.varint(), in.varint()));
        }
        return new Placed(new Position(path), value);
    }
}
