package io.quorate.coordinator.conflict;

import io.quorate.core.Bytes;
import io.quorate.core.datatype.KeyContent;
import io.quorate.core.version.Ancestor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Receipt;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What versions of a key were made from, and what they come to together by that.
 *
 * <p>A version is made from exactly what its client had seen. Where that is not known for sure, it has no ancestors and is merged
 * with nothing: with a wrong one, what one client took back would return with another's version.
 */
public final class Lineage {
    /** What all ancestors in a state may take when one is added, so that it fits into a message. A larger value is merged with none. */
    public static final int BYTES_MAX = 256 << 10;

    private Lineage() {}

    /**
     * What a write is made from, the nearest first, as far as it is known here; empty when it is not.
     *
     * @param state before the write
     * @param seen what its client had seen
     */
    public static List<Ancestor> of(Siblings state, Context seen) {
        if (seen.isEmpty() || state.versions().isEmpty() || !state.context().coversAll(seen)) {
            return List.of();
        }
        List<Node> read = new ArrayList<>();
        int left = BYTES_MAX;
        for (Sibling version : state.distinct()) {
            boolean replaced = state.isSeen(version, seen);
            Optional<Node> node = replaced ? node(version, state) : nearestSeen(version, seen);
            if (node.isEmpty()) {
                // The client had not seen it, yet may have seen what it replaced.
                return List.of();
            }
            read.add(node.get());
            left -= replaced ? 0 : bytes(version.ancestors());
        }
        List<Node> latest = latest(read);
        Optional<Bytes> value = merged(latest);
        return value.isEmpty() ? List.of() : within(left, parents(latest, value.get()));
    }

    /** One value of versions that were made from the same, or empty when their changes contradict, or nobody knows. */
    static Optional<Bytes> merge(List<Sibling> versions) {
        List<Node> nodes = new ArrayList<>();
        for (Sibling version : versions) {
            if (version.isTombstone()) {
                return Optional.empty();
            }
            nodes.add(new Node(
                    new Ancestor(
                            List.of(new Receipt(version.request(), version.dot())),
                            version.value().orElseThrow()),
                    version.ancestors()));
        }
        return merged(latest(nodes));
    }

    /** A value, and what it was made from. */
    private record Node(Ancestor self, List<Ancestor> ancestors) {
        /** All writes that came after {@code base}, its own too. */
        Set<RequestId> since(Ancestor base) {
            Set<RequestId> writes = requests(self);
            ancestors.subList(0, ancestors.indexOf(base)).forEach(ancestor -> writes.addAll(requests(ancestor)));
            return writes;
        }

        /** The first that was made from {@code base}. */
        Ancestor childOf(Ancestor base) {
            int depth = ancestors.indexOf(base);
            return depth == 0 ? self : ancestors.get(depth - 1);
        }

        /** Whether all of {@code other} went into it. */
        boolean includes(Node other) {
            Set<RequestId> writes = requests(self);
            ancestors.forEach(ancestor -> writes.addAll(requests(ancestor)));
            return writes.containsAll(requests(other.self));
        }
    }

    private static Set<RequestId> requests(Ancestor ancestor) {
        Set<RequestId> requests = new LinkedHashSet<>();
        ancestor.writes().forEach(write -> requests.add(write.request()));
        return requests;
    }

    /** A value that stays, under all dots of its request. */
    private static Optional<Node> node(Sibling version, Siblings state) {
        if (!version.isPermanent() || KeyContent.isTyped(version)) {
            return Optional.empty();
        }
        List<Receipt> writes = state.versions().stream()
                .filter(twin -> twin.request().equals(version.request()))
                .map(twin -> new Receipt(twin.request(), twin.dot()))
                .toList();
        return Optional.of(new Node(new Ancestor(writes, version.value().orElseThrow()), version.ancestors()));
    }

    /** What the client had seen of all that a version was made from. */
    private static Optional<Node> nearestSeen(Sibling version, Context seen) {
        List<Ancestor> ancestors = version.ancestors();
        for (int i = 0; i < ancestors.size(); i++) {
            Ancestor ancestor = ancestors.get(i);
            Set<RequestId> unseen = requests(ancestor);
            ancestor.writes().stream()
                    .filter(write -> seen.covers(write.dot()))
                    .forEach(write -> unseen.remove(write.request()));
            if (unseen.isEmpty()) {
                return Optional.of(new Node(ancestor, ancestors.subList(i + 1, ancestors.size())));
            }
            if (unseen.size() < requests(ancestor).size()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Those that did not go into any other. */
    private static List<Node> latest(List<Node> nodes) {
        List<Node> latest = new ArrayList<>();
        for (Node node : nodes) {
            if (latest.stream().noneMatch(other -> other.includes(node))) {
                latest.removeIf(node::includes);
                latest.add(node);
            }
        }
        return latest;
    }

    private static Optional<Bytes> merged(List<Node> nodes) {
        if (nodes.size() == 1) {
            return Optional.of(nodes.get(0).self().value());
        }
        Optional<Ancestor> base = nodes.get(0).ancestors().stream()
                .filter(ancestor ->
                        nodes.stream().allMatch(node -> node.ancestors().contains(ancestor)))
                .findFirst();
        return base.flatMap(from -> mergedFrom(from, nodes));
    }

    /** Those that have a nearer ancestor in common are merged among themselves first. */
    private static Optional<Bytes> mergedFrom(Ancestor base, List<Node> nodes) {
        Map<Ancestor, List<Node>> branches = new LinkedHashMap<>();
        for (Node node : nodes) {
            branches.computeIfAbsent(node.childOf(base), child -> new ArrayList<>())
                    .add(node);
        }
        Set<RequestId> elsewhere = new LinkedHashSet<>();
        List<Bytes> values = new ArrayList<>();
        for (List<Node> branch : branches.values()) {
            Set<RequestId> writes = new LinkedHashSet<>();
            branch.forEach(node -> writes.addAll(node.since(base)));
            Optional<Bytes> value = merged(branch);
            // A write that went into several branches is nearer to them than this base is.
            if (value.isEmpty() || !Collections.disjoint(elsewhere, writes)) {
                return Optional.empty();
            }
            elsewhere.addAll(writes);
            values.add(value.get());
        }
        return Fields.merge(base.value(), values);
    }

    /** Each ancestor is made from the next and from nothing else; where that ends, so does what is known. */
    private static List<Ancestor> parents(List<Node> nodes, Bytes value) {
        List<Receipt> writes = nodes.stream()
                .map(node -> node.self().writes())
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(Receipt::dot))
                .toList();
        List<Ancestor> parents = new ArrayList<>(List.of(new Ancestor(writes, value)));
        List<Ancestor> before = nodes.get(0).ancestors();
        if (!before.isEmpty()
                && nodes.stream().allMatch(node -> node.ancestors().indexOf(before.get(0)) == 0)) {
            parents.addAll(before);
        }
        return parents;
    }

    private static List<Ancestor> within(int bytesMax, List<Ancestor> ancestors) {
        List<Ancestor> kept = new ArrayList<>();
        int bytes = 0;
        for (Ancestor ancestor : ancestors) {
            bytes += ancestor.value().length();
            if (bytes > bytesMax || kept.size() == Ancestor.KEPT_MAX) {
                break;
            }
            kept.add(ancestor);
        }
        return kept;
    }

    private static int bytes(List<Ancestor> ancestors) {
        return ancestors.stream()
                .mapToInt(ancestor -> ancestor.value().length())
                .sum();
    }
}
