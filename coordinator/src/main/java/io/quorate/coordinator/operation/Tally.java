package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Failure.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, Acknowledgement> waiting = new LinkedHashMap<>();
    private final Map<String, Acknowledgement> acknowledged = new LinkedHashMap<>();
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
        if (!acknowledged.containsKey(node)) {
            failures.remove(node);
            waiting.put(node, new Acknowledgement(node, standsInFor));
        }
    }

    void acknowledged(String node) {
        Acknowledgement acknowledgement = waiting.remove(node);
        failures.remove(node);
        acknowledged.putIfAbsent(
                node, acknowledgement == null ? new Acknowledgement(node, Optional.empty()) : acknowledgement);
    }

    void failed(String node, String reason) {
        waiting.remove(node);
        if (!acknowledged.containsKey(node)) {
            failures.put(node, reason);
        }
    }

    Decision decide() {
        Decision worst = Decision.MET;
        for (Electorate electorate : electorates) {
            Decision decision = decide(
                    electorate.needed(), count(acknowledged.values(), electorate), count(waiting.values(), electorate));
            // The enum's order is from the worst that may be said of one set to say it of all.
            worst = decision.compareTo(worst) < 0 ? decision : worst;
        }
        return worst;
    }

    /** How many acknowledgements count, in the electorate that has the fewest. */
    int counted() {
        return electorates.stream()
                .mapToInt(electorate -> count(acknowledged.values(), electorate))
                .min()
                .orElse(0);
    }

    /** Whether the word of these nodes alone would be enough. */
    boolean isMetBy(List<String> nodes) {
        List<Acknowledgement> words = nodes.stream()
                .map(node -> acknowledged.getOrDefault(node, new Acknowledgement(node, Optional.empty())))
                .toList();
        return electorates.stream().allMatch(electorate -> count(words, electorate) >= electorate.needed());
    }

    private static Decision decide(int needed, int acknowledged, int waiting) {
        if (acknowledged >= needed) {
            return Decision.MET;
        }
        return acknowledged + waiting < needed ? Decision.OUT_OF_REACH : Decision.PENDING;
    }

    private static int count(Collection<Acknowledgement> nodes, Electorate electorate) {
        int count = 0;
        for (Acknowledgement node : nodes) {
            count += electorate.counts(node) ? 1 : 0;
        }
        return count;
    }

    /** The primary that a node still waited for would stand in for. */
    Optional<String> standsInFor(String node) {
        return Optional.ofNullable(waiting.get(node)).flatMap(Acknowledgement::hintFor);
    }

    /** Whether some node that has not failed stands in for that primary. */
    boolean isStoodInFor(String primary) {
        return Stream.concat(waiting.values().stream(), acknowledged.values().stream())
                .anyMatch(acknowledgement ->
                        acknowledgement.hintFor().filter(primary::equals).isPresent());
    }

    boolean hasAcknowledged(String node) {
        return acknowledged.containsKey(node);
    }

    boolean isWaitingFor(String node) {
        return waiting.containsKey(node);
    }

    boolean hasFailed(String node) {
        return failures.containsKey(node);
    }

    boolean isComplete() {
        return waiting.isEmpty();
    }

    List<String> waiting() {
        return List.copyOf(waiting.keySet());
    }

    List<Acknowledgement> acknowledgements() {
        return new ArrayList<>(acknowledged.values());
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
        waiting.keySet().forEach(node -> all.put(node, waitingReason));
        return all;
    }
}
