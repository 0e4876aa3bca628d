package io.quorate.core.version;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A replica's state of one key: what it has seen, and the concurrent writes that nothing has superseded.
 *
 * <p>{@link #merge} is commutative, associative and idempotent, so replicas that have merged the same writes, in any order and
 * any number of times, are equal.
 *
 * @param context covers the dot of every version
 * @param versions sorted by dot; values and tombstones
 * @param receipts the latest {@value #RECEIPTS_MAX} of the key's idempotent requests, by time
 * @param n copies to keep; only grows
 */
public record Siblings(Context context, List<Sibling> versions, List<Receipt> receipts, int n) {
    public static final Siblings EMPTY = new Siblings(Context.EMPTY, List.of(), List.of(), 0);
    /** Enough for the retries in flight of one key; bounded, because it is stored with every copy. */
    public static final int RECEIPTS_MAX = 8;

    /** Total, so that the latest of a union are the same whatever the order of merges. */
    static final Comparator<Receipt> LATEST_FIRST = Comparator.<Receipt, Dot>comparing(Receipt::dot, Dot::compareByTime)
            .reversed()
            .thenComparing(Receipt::request);

    /** The state after both: a version that one side lacks stays unless that side has seen and dropped it. */
    public Siblings merge(Siblings other) {
        // Nearly always one side is the other's past: then the answer is there already.
        if (other.includes(this)) {
            return other;
        }
        return includes(other) ? this : united(other);
    }

    /** Whether a merge with that state would change nothing here. */
    private boolean includes(Siblings other) {
        if (n < other.n
                || !context.coversAll(other.context)
                || !(other.receipts.isEmpty() || receipts.equals(other.receipts))) {
            return false;
        }
        for (int i = 0; i < versions.size(); i++) {
            Sibling version = versions.get(i);
            // What the other has seen and does not have, it has dropped; what it has otherwise under that dot may be
            // greater.
            if (other.context.covers(version.dot()) && !other.versions.contains(version)) {
                return false;
            }
        }
        return true;
    }

    /** What {@link #merge} returns, without its short cuts. */
    Siblings united(Siblings other) {
        List<Sibling> kept = new ArrayList<>(versions.size() + other.versions.size());
        for (Sibling sibling : versions) {
            Optional<Sibling> same = other.find(sibling.dot());
            if (same.isPresent()) {
                kept.add(sibling.greaterOfOneDot(same.get()));
            } else if (!other.context.covers(sibling.dot())) {
                kept.add(sibling);
            }
        }
        for (Sibling sibling : other.versions) {
            if (!context.covers(sibling.dot())) {
                kept.add(sibling);
            }
        }
        kept.sort(Comparator.comparing(Sibling::dot));
        return new Siblings(
                context.join(other.context),
                Collections.unmodifiableList(kept),
                latest(receipts, other.receipts),
                Math.max(n, other.n));
    }

    /**
     * The state after a new write that had seen {@code seen}.
     *
     * <p>The minting actor has all its own dots of this key, so its vector entry may rise to the new one.
     */
    public Siblings stamp(Context seen, Sibling written, int copies) {
        List<Sibling> kept = new ArrayList<>(versions.size() + 1);
        for (Sibling sibling : versions) {
            if (!isSeen(sibling, seen)) {
                kept.add(sibling);
            }
        }
        kept.add(written);
        kept.sort(Comparator.comparing(Sibling::dot));
        Context joined = context.join(seen);
        return new Siblings(
                new Context(joined.vector().with(written.dot()), joined.cloud()),
                Collections.unmodifiableList(kept),
                receipts,
                Math.max(n, copies));
    }

    public Siblings withVersions(List<Sibling> others) {
        return new Siblings(context, others, receipts, n);
    }

    public Siblings withReceipt(Receipt receipt) {
        return new Siblings(context, versions, latest(receipts, List.of(receipt)), n);
    }

    /** The dot that a request was given here before, if it is still known. */
    public Optional<Dot> dotOf(RequestId request) {
        for (Sibling sibling : versions) {
            if (sibling.request().equals(request)) {
                return Optional.of(sibling.dot());
            }
        }
        for (Receipt receipt : receipts) {
            if (receipt.request().equals(request)) {
                return Optional.of(receipt.dot());
            }
        }
        return Optional.empty();
    }

    /**
     * The versions a client is shown: of several dots of one request (a retry that reached a second replica) the smallest.
     *
     * <p>Both stay in the state, because dropping one here would make {@link #merge} depend on the order of merges.
     */
    public List<Sibling> distinct() {
        if (versions.size() < 2) {
            return versions;
        }
        Set<RequestId> shown = new LinkedHashSet<>();
        return versions.stream().filter(sibling -> shown.add(sibling.request())).toList();
    }

    /** The version with the greatest (time, actor): the answer of a bucket where the last write wins. */
    public Optional<Sibling> last() {
        return versions.stream().max((a, b) -> a.dot().compareByTime(b.dot()));
    }

    /**
     * Whether a write that had seen {@code seen} replaces that version of this state. A request that reached two replicas has two
     * dots, one of them perhaps withdrawn: who has seen either has seen what both wrote.
     */
    public boolean isSeen(Sibling sibling, Context seen) {
        for (Sibling other : versions) {
            if (other.request().equals(sibling.request()) && seen.covers(other.dot())) {
                return true;
            }
        }
        for (Receipt receipt : receipts) {
            if (receipt.request().equals(sibling.request()) && seen.covers(receipt.dot())) {
                return true;
            }
        }
        return false;
    }

    /** Whether there was something, and all that is left says that it was deleted. */
    public boolean isDeleted() {
        return !versions.isEmpty() && versions.stream().allMatch(Sibling::isTombstone);
    }

    public boolean isEmpty() {
        return versions.isEmpty() && context.isEmpty();
    }

    private Optional<Sibling> find(Dot dot) {
        for (Sibling sibling : versions) {
            if (sibling.dot().equals(dot)) {
                return Optional.of(sibling);
            }
        }
        return Optional.empty();
    }

    private static List<Receipt> latest(List<Receipt> a, List<Receipt> b) {
        if (b.isEmpty() || a.equals(b)) {
            return a;
        }
        if (a.isEmpty()) {
            return b;
        }
        Set<Receipt> both = new LinkedHashSet<>(a);
        both.addAll(b);
        return both.stream().sorted(LATEST_FIRST).limit(RECEIPTS_MAX).toList();
    }
}
