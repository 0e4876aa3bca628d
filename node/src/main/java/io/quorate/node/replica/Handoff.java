package io.quorate.node.replica;

import io.quorate.antientropy.Pace;
import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.ObjLongConsumer;

/**
 * Delivers what this node owes to the members that missed it (hinted handoff; Dynamo, section 4.6).
 *
 * <p>One pass per member at a time; while the member cannot be reached, a pass only counts. Nothing is read when nothing is owed.
 */
public final class Handoff {
    private static final int PAGE = 1_000;
    private static final long PAUSE_MILLIS = 500;
    /** Counting takes about a microsecond a debt: a long list is counted so seldom that it costs a hundredth of a core. */
    private static final long DEBTS_PER_MILLI_OF_PAUSE = 10;

    private final Replica.Parts parts;
    private final Pace pace;
    private final IntPredicate own;
    private final ObjLongConsumer<String> onLeft;
    private final Set<String> served = new LinkedHashSet<>();
    private final Set<String> delivering = new LinkedHashSet<>();

    /**
     * The debts of one shard.
     *
     * @param own whether a partition belongs to this shard; all shards of a node share one list of debts
     * @param onLeft hears, now and then, how many debts of this shard to a member are left
     */
    Handoff(Replica.Parts parts, Pace pace, IntPredicate own, ObjLongConsumer<String> onLeft) {
        this.parts = parts;
        this.pace = pace;
        this.own = own;
        this.onLeft = onLeft;
    }

    /** Begins, or goes on with other members after a change. */
    public void start() {
        parts.surroundings().cluster().ring().nodes().stream()
                .filter(member -> !isSelf(member) && served.add(member))
                .forEach(this::pass);
    }

    private boolean isSelf(String member) {
        return parts.surroundings().cluster().self().filter(member::equals).isPresent();
    }

    /** Whether debts to this member are on their way: a comparison with it meanwhile would find just what is being delivered. */
    public boolean isDelivering(String member) {
        return delivering.contains(member);
    }

    private void pass(String target) {
        if (!parts.surroundings().cluster().ring().nodes().contains(target)) {
            served.remove(target);
            delivering.remove(target);
            onLeft.accept(target, 0);
            return;
        }
        if (!parts.debts().mayOwe(target)) {
            passLater(target, PAUSE_MILLIS);
            return;
        }
        if (parts.debts().estimate(target) > 0 && parts.surroundings().cluster().isReachable(target)) {
            delivering.add(target);
        }
        parts.debts().counting(target);
        new HandoffPass(parts, pace, own, target, left -> onLeft.accept(target, left), ended -> {
                    parts.debts().counted(target, ended.left());
                    if (ended.paid() > 0 && ended.left() > 0) {
                        delivering.add(target);
                    } else {
                        delivering.remove(target);
                    }
                    long pause =
                            ended.paid() > 0 ? PAUSE_MILLIS : PAUSE_MILLIS + ended.left() / DEBTS_PER_MILLI_OF_PAUSE;
                    passLater(target, pause);
                })
                .begin();
    }

    private void passLater(String target, long pauseMillis) {
        parts.surroundings().scheduler().scheduleCoarse(pauseMillis, () -> pass(target));
    }

    /** Counts what this shard owes to each member, a partition as one; who is owed nothing is left out. */
    public void count(Consumer<SortedMap<String, Long>> done) {
        List<String> members = parts.surroundings().cluster().ring().nodes().stream()
                .filter(member -> !isSelf(member))
                .toList();
        count(members, new TreeMap<>(), done);
    }

    private void count(List<String> left, SortedMap<String, Long> counts, Consumer<SortedMap<String, Long>> done) {
        if (left.isEmpty()) {
            done.accept(counts);
            return;
        }
        String member = left.get(0);
        count(StorageKeys.owedTo(member), StorageKeys.owedToEnd(member), 0, debts -> {
            if (debts > 0) {
                counts.put(member, debts);
            }
            count(left.subList(1, left.size()), counts, done);
        });
    }

    private void count(Bytes from, Bytes to, long before, Consumer<Long> done) {
        parts.surroundings().storage().range(from, to, PAGE, entries -> {
            long counted = before + entries.stream().filter(this::isOwn).count();
            if (entries.size() < PAGE) {
                done.accept(counted);
            } else {
                count(StorageKeys.following(entries.get(entries.size() - 1).key()), to, counted, done);
            }
        });
    }

    private boolean isOwn(Entry debt) {
        return own.test(parts.surroundings().cluster().ring().partitionOf(StorageKeys.owedToken(debt.key())));
    }
}
