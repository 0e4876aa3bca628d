package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.version.Dot;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A set of JSON values; an element that is added while it is removed elsewhere stays. */
record ElementSet(DotMap<Bytes, Bytes> elements) implements Body {
    static final ElementSet EMPTY = new ElementSet(DotMap.empty());

    @Override
    public DataType type() {
        return DataType.SET;
    }

    @Override
    public Body merge(Body other, Meeting meeting) {
        return new ElementSet(elements.merge(((ElementSet) other).elements, meeting, (same, again) -> same));
    }

    @Override
    public Body apply(Operation operation, Event event, int first) {
        Operation.Change change = (Operation.Change) operation;
        TreeMap<Bytes, SortedMap<Dot, Bytes>> changed = new TreeMap<>(elements.entries());
        change.remove().forEach(changed::remove);
        change.add().forEach(element -> changed.put(element, added(changed.get(element), event)));
        return new ElementSet(new DotMap<>(changed));
    }

    /**
     * The new dot, and of those before it the ones that are still needed: should this change turn out to be a repetition, which a
     * removal elsewhere has seen, the additions before it must not go with it.
     */
    private static SortedMap<Dot, Bytes> added(SortedMap<Dot, Bytes> before, Event event) {
        TreeMap<Dot, Bytes> dots = new TreeMap<>();
        if (before != null) {
            before.keySet().stream().filter(event.before()::has).forEach(dot -> dots.put(dot, Bytes.EMPTY));
            before.keySet().stream()
                    .filter(dot -> !event.before().has(dot))
                    .max(Dot::compareByTime)
                    .ifPresent(dot -> dots.put(dot, Bytes.EMPTY));
        }
        dots.put(event.dot(), Bytes.EMPTY);
        return dots;
    }

    @Override
    public Bytes toJson(Journal journal) {
        return Bytes.utf8(
                elements.entries().keySet().stream().map(Bytes::toUtf8).collect(Collectors.joining(",", "[", "]")));
    }

    @Override
    public void write(ByteWriter out, Actors actors) {
        out.varint(elements.entries().size());
        for (Entry<Bytes, SortedMap<Dot, Bytes>> element : elements.entries().entrySet()) {
            out.bytes(element.getKey()).varint(element.getValue().size());
            element.getValue().keySet().forEach(dot -> actors.writeDot(out, dot));
        }
    }

    static ElementSet read(ByteReader in, Actors actors) {
        TreeMap<Bytes, SortedMap<Dot, Bytes>> elements = new TreeMap<>();
        for (int left = in.count(2); left > 0; left--) {
            Bytes element = in.bytes();
            TreeMap<Dot, Bytes> dots = new TreeMap<>();
            for (int more = in.count(9); more > 0; more--) {
                dots.put(actors.readDot(in), Bytes.EMPTY);
            }
            elements.put(element, dots);
        }
        return new ElementSet(new DotMap<>(elements));
    }
}
