package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.version.Dot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A field of a document with what is in it: values that were set here, and fields within. */
final class DocumentTree {
    private final FieldPath path;
    private final Map<Dot, Bytes> values = new TreeMap<>();
    private final Map<String, DocumentTree> children = new TreeMap<>();
    private Optional<Dot> latestMark = Optional.empty();

    private DocumentTree(FieldPath path) {
        this.path = path;
    }

    static DocumentTree of(DotMap<FieldPath, Bytes> fields) {
        DocumentTree root = new DocumentTree(new FieldPath(List.of()));
        fields.entries().forEach(root::add);
        return root;
    }

    private void add(FieldPath at, SortedMap<Dot, Bytes> held) {
        DocumentTree node = this;
        for (String name : at.names()) {
            FieldPath childPath = node.path.child(name);
            node = node.children.computeIfAbsent(name, first -> new DocumentTree(childPath));
        }
        for (Entry<Dot, Bytes> value : held.entrySet()) {
            if (value.getValue().equals(Document.OBJECT)) {
                node.latestMark = later(node.latestMark, Optional.of(value.getKey()));
            } else {
                node.values.put(value.getKey(), value.getValue());
            }
        }
    }

    Bytes toJson() {
        return winner().map(values::get).orElseGet(this::asObject);
    }

    private Bytes asObject() {
        return Bytes.utf8(children.entrySet().stream()
                .map(child -> child.getKey() + ":" + child.getValue().toJson().toUtf8())
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** The value set here that is shown; empty when what is shown is the object with its fields. */
    private Optional<Dot> winner() {
        Optional<Dot> set = values.keySet().stream().max(Dot::compareByTime);
        Optional<Dot> within = latestWithin();
        boolean shown = set.isPresent() && (within.isEmpty() || set.get().compareByTime(within.get()) > 0);
        return shown ? set : Optional.empty();
    }

    /** When this was last an object, or anything in it was set. */
    private Optional<Dot> latestWithin() {
        Optional<Dot> latest = latestMark;
        for (DocumentTree child : children.values()) {
            latest = later(latest, later(child.values.keySet().stream().max(Dot::compareByTime), child.latestWithin()));
        }
        return latest;
    }

    private static Optional<Dot> later(Optional<Dot> a, Optional<Dot> b) {
        return a.isEmpty() || (b.isPresent() && b.get().compareByTime(a.get()) > 0) ? b : a;
    }

    void addConflicts(List<FieldConflict> found) {
        Optional<Dot> winner = winner();
        Bytes shown = toJson();
        List<Bytes> lost = new ArrayList<>();
        values.entrySet().stream()
                .sorted(Comparator.comparing(Entry::getKey, Dot::compareByTime))
                .map(Entry::getValue)
                .filter(value -> !value.equals(shown) && !lost.contains(value))
                .forEach(lost::add);
        if (winner.isPresent() && latestWithin().isPresent()) {
            lost.add(asObject());
        }
        if (!lost.isEmpty()) {
            found.add(new FieldConflict(path, shown, lost));
        }
        if (winner.isEmpty()) {
            children.values().forEach(child -> child.addConflicts(found));
        }
    }
}
