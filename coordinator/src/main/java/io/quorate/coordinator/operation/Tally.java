package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Failure.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts the nodes that a request was sent to, by what came back: the decision behind every quorum.
 *
 * <p>Each node counts once, whatever it says how often: an acknowledgement stands, and a failure can still turn into one (a
 * retry, a late reply).
 */
final class Tally {
    /** What the counts mean for the request. */
    enum Decision {
        /** Not even all outstanding replies together would be enough. */
        OUT_OF_REACH,
        PENDING,
        MET
    }

    private List<Electorate> electorates;
    /** Those asked that have not answered. Lists and no maps, here and below: a handful of nodes is found sooner by looking at each. */
    private final List<Acknowledgement> waiting = new ArrayList<>(4);

    private final List<Acknowledgement> acknowledged = new ArrayList<>(4);
    private final SortedMap<String, String> failures = new TreeMap<>();

    /**
     * Counts in some sets of nodes at once; who is in none of them does not count.
     *
     * @param electorates of which each must make its quorum
     */
    Tally(List<Electorate> electorates) {
        this.electorates = electorates;
    }

    /** Goes on with other sets; who has acknowledged still has. */
    void elect(List<Electorate> others) {
        electorates = others;
    }

    void sent(String node, Optional<String> standsInFor) {
        if (hasAcknowledged(node)) {
            return;
        }
        failures.remove(node);
        Acknowledgement expected = new Acknowledgement(node, standsInFor);
        int index = indexOf(waiting, node);
        if (index < 0) {
            waiting.add(expected);
        } else {
            waiting.set(index, expected);
        }
    }

    void acknowledged(String node) {
        Acknowledgement acknowledgement =
                stopWaiting(node).orElseGet(() -> new Acknowledgement(node, Optional.empty()));
        failures.remove(node);
        if (!hasAcknowledged(node)) {
            acknowledged.add(acknowledgement);
        }
    }

    void failed(String node, String reason) {
        stopWaiting(node);
        if (!hasAcknowledged(node)) {
            failures.put(node, reason);
        }
    }

    private Optional<Acknowledgement> stopWaiting(String node) {
        int index = indexOf(waiting, node);
        return index < 0 ? Optional.empty() : Optional.of(waiting.remove(index));
    }

    private static int indexOf(List<Acknowledgement> acknowledgements, String node) {
        for (int i = 0; i < acknowledgements.size(); i++) {
            if (acknowledgements.get(i).node().equals(node)) {
                return i;
            }
        }
        return -1;
    }

    Decision decide() {
        Decision worst = Decision.MET;
        for (Electorate electorate : electorates) {
            Decision decision =
                    decide(electorate.needed(), count(acknowledged, electorate), count(waiting, electorate));
            // The enum's order is from the worst that may be said of one set to say it of all.
            worst = decision.compareTo(worst) < 0 ? decision : worst;
        }
        return worst;
    }

    /** How many acknowledgements count, in the electorate that has the fewest. */
    int counted() {
        return electorates.stream()
                .mapToInt(electorate -> count(acknowledged, electorate))
                .min()
                .orElse(0);
    }

    /** Whether the word of these nodes alone would be enough. */
    boolean isMetBy(List<String> nodes) {
        List<Acknowledgement> words = nodes.stream()
                .map(node -> find(acknowledged, node).orElseGet(() -> new Acknowledgement(node, Optional.empty())))
                .toList();
        return electorates.stream().allMatch(electorate -> count(words, electorate) >= electorate.needed());
    }

    private static Decision decide(int needed, int acknowledged, int waiting) {
        if (acknowledged >= needed) {
            return Decision.MET;
        }
        return acknowledged + waiting < needed ? Decision.OUT_OF_REACH : Decision.PENDING;
    }

    private static int count(List<Acknowledgement> nodes, Electorate electorate) {
        int count = 0;
        for (int i = 0; i < nodes.size(); i++) {
            count += electorate.counts(nodes.get(i)) ? 1 : 0;
        }
        return count;
    }

    private static Optional<Acknowledgement> find(List<Acknowledgement> acknowledgements, String node) {
        int index = indexOf(acknowledgements, node);
        return index < 0 ? Optional.empty() : Optional.of(acknowledgements.get(index));
    }

    /** The primary that a node still waited for would stand in for. */
    Optional<String> standsInFor(String node) {
        return find(waiting, node).flatMap(Acknowledgement::hintFor);
    }

    /** Whether some node that has not failed stands in for that primary. */
    boolean isStoodInFor(String primary) {
        return Stream.concat(waiting.stream(), acknowledged.stream())
                .anyMatch(acknowledgement ->
                        acknowledgement.hintFor().filter(primary::equals).isPresent());
    }

    boolean hasAcknowledged(String node) {
        return indexOf(acknowledged, node) >= 0;
    }

    boolean isWaitingFor(String node) {
        return indexOf(waiting, node) >= 0;
    }

    boolean hasFailed(String node) {
        return failures.containsKey(node);
    }

    boolean isComplete() {
        return waiting.isEmpty();
    }

    List<String> waiting() {
        return waiting.stream().map(Acknowledgement::node).toList();
    }

    List<Acknowledgement> acknowledgements() {
        return new ArrayList<>(acknowledged);
    }

    /** What a client is told when these were not enough. */
    Failure.QuorumNotReached notReached(Quota quota, String message, WriteOutcome outcome) {
        return new Failure.QuorumNotReached(
                message, quota.n(), quota.needed(), acknowledgements(), failures(Reasons.TIMEOUT), outcome);
    }

    /** Failures so far. */
    SortedMap<String, String> failures() {
        return failures;
    }

    /** Failures so far; with {@code waitingReason}, those still waited for as well. */
    SortedMap<String, String> failures(String waitingReason) {
        SortedMap<String, String> all = new TreeMap<>(failures);
        waiting.forEach(silent -> all.put(silent.node(), waitingReason));
        return all;
    }
}
