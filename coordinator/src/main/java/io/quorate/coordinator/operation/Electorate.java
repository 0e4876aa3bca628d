package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Acknowledgement;
import java.util.List;
import java.util.function.Predicate;

/**
 * A set of replicas of which so many must acknowledge: all of a key's, or those in one zone.
 *
 * @param voters the replicas
 * @param admits whether a node's word may count, as a voter's or in place of one: a node of another zone has none in a local quorum
 */
record Electorate(List<String> voters, int needed, Predicate<String> admits) {
    /** Any so many of these replicas; who stands in for them may be anywhere. */
    static Electorate of(List<String> voters, int needed) {
        return new Electorate(voters, Math.min(needed, voters.size()), node -> true);
    }

    boolean counts(Acknowledgement acknowledgement) {
        String node = acknowledgement.node();
        return voters.contains(acknowledgement.hintFor().orElse(node)) && admits.test(node);
    }
}
