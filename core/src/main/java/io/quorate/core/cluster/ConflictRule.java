package io.quorate.core.cluster;

import io.quorate.core.version.Context;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A bucket's policy for concurrent writes, with what that policy needs to know.
 *
 * @param ranking for {@link ConflictPolicy#PRIORITY}: node ids, the highest rank first; nodes that are not named rank last
 */
public record ConflictRule(ConflictPolicy policy, List<String> ranking) {
    /** Keeps a setting of a bucket within a message. */
    public static final int RANKING_MAX = 100;

    public static final ConflictRule SIBLINGS = of(ConflictPolicy.SIBLINGS);

    public ConflictRule {
        ranking = List.copyOf(ranking);
    }

    public static ConflictRule of(ConflictPolicy policy) {
        return new ConflictRule(policy, List.of());
    }

    /**
     * What a write of a client that had seen {@code seen} replaces where {@code node} stamps it.
     *
     * <p>Only what it would win over for ever, whatever comes from other replicas: the latest of writes wins over all it finds, and
     * that of a node over all of its own rank or a lower one. Every other policy needs all values to choose or merge, and is applied
     * when they are read.
     */
    public Context seenBy(String node, Context seen, Siblings state) {
        return switch (policy) {
            case LAST_WRITE_WINS -> seen.join(state.context());
            case PRIORITY -> {
                Context replaced = seen;
                for (Sibling version : state.versions()) {
                    if (rank(version.request(), state) >= rank(node)) {
                        replaced = replaced.withDot(version.dot());
                    }
                }
                yield replaced;
            }
            default -> seen;
        };
    }

    /** Of concurrent versions the one that is shown in place of all others; empty where the policy shows or merges several. */
    public Optional<Sibling> winner(List<Sibling> versions) {
        return switch (policy) {
            case LAST_WRITE_WINS -> versions.stream().max((a, b) -> a.dot().compareByTime(b.dot()));
            case PRIORITY -> versions.stream().max(byRank());
            default -> Optional.empty();
        };
    }

    /** The winner is the greatest: by rank, and within one rank by time. */
    private Comparator<Sibling> byRank() {
        return Comparator.<Sibling>comparingInt(
                        version -> -rank(version.dot().actor().node()))
                .thenComparing((a, b) -> a.dot().compareByTime(b.dot()));
    }

    /** A request that two replicas stamped has the higher of their ranks: to replace one of its dots is to replace both. */
    private int rank(RequestId request, Siblings state) {
        return state.versions().stream()
                .filter(version -> version.request().equals(request))
                .mapToInt(version -> rank(version.dot().actor().node()))
                .min()
                .orElse(ranking.size());
    }

    private int rank(String node) {
        int place = ranking.indexOf(node);
        return place < 0 ? ranking.size() : place;
    }
}
