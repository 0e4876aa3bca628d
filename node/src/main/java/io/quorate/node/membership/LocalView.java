package io.quorate.node.membership;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.Copying;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One shard's copy of what the node knows about the cluster. */
public final class LocalView implements ClusterView {
    private final String self;
    private final Consumer<String> onOtherRing;
    private MemberTable table;
    private Ring ring;
    private Optional<String> zone;
    private Set<String> down = Set.of();
    private Runnable onKnown = () -> {};
    private Runnable onRing = () -> {};
    private boolean known;
    private final BucketProperties defaults;
    private Set<String> reachable;
    private final Map<String, SortedMap<Integer, Long>> hints = new TreeMap<>();
    private final Map<String, String> problems = new TreeMap<>();
    private final Map<String, Copying> copying = new TreeMap<>();
    private BucketTable buckets = BucketTable.EMPTY;

    /** A view as of the start; {@code onOtherRing} hears of nodes that go by another ring. */
    public LocalView(String self, MemberTable table, BucketProperties defaults, Consumer<String> onOtherRing) {
        this.self = self;
        this.table = table;
        this.ring = Ring.of(table);
        this.zone = zone(table);
        this.defaults = defaults;
        this.reachable = Set.of(self);
        this.onOtherRing = onOtherRing;
    }

    /** Runs the one task when the members are known for the first time, the other whenever there is another ring from then on. */
    public void whenMembersChange(Runnable firstKnown, Runnable otherRing) {
        onKnown = firstKnown;
        onRing = otherRing;
    }

    /** What the node knew when it last stopped was read. */
    public void setKnown() {
        known = true;
        onKnown.run();
    }

    public MemberTable table() {
        return table;
    }

    /** Takes another table, and the ring by it. */
    public void setMembers(MemberTable newTable, Ring newRing) {
        boolean other = newRing.digest() != ring.digest();
        table = newTable;
        ring = newRing;
        zone = zone(newTable);
        if (other && known) {
            onRing.run();
        }
    }

    /** Whether a member is taken for dead. */
    public boolean isDown(String node) {
        return down.contains(node);
    }

    /** Whether it is decided that a member is dead. */
    public boolean isExpelled(String node) {
        return table.find(node).filter(entry -> entry.standing().isExpelled()).isPresent();
    }

    /** Who keeps the change that is under way from its next step, as far as is known here. */
    public List<String> waitedFor() {
        return NextStep.waitedFor(table, ring);
    }

    /** How far the change that is under way is, as far as is known here. */
    public Optional<ChangeProgress> change(long nowMillis) {
        return ChangeProgress.of(table, ring, copying, defaults.n(), nowMillis);
    }

    /** What a member last said of its copying. */
    public Copying copying(String node) {
        return copying.getOrDefault(node, Copying.NONE);
    }

    /** A word about another ring does not replace one about this: the member is a step ahead, and it will say it again. */
    public void setCopying(String node, Copying word) {
        copying.keySet().removeIf(id -> table.find(id).isEmpty());
        if (word.ring() == ring.digest() || copying(node).ring() != ring.digest()) {
            copying.put(node, word);
        }
    }

    /** Members that nothing can be owed to any more. */
    public List<String> gone() {
        return table.stream()
                .map(MemberEntry::id)
                .filter(id -> !ring.nodes().contains(id))
                .toList();
    }

    public void setDown(Set<String> nodes) {
        down = nodes;
    }

    @Override
    public void onOtherRing(String node) {
        onOtherRing.accept(node);
    }

    @Override
    public Ring ring() {
        return ring;
    }

    @Override
    public Optional<String> self() {
        return Optional.of(self);
    }

    /** By the cluster's decision, as the ring has it. */
    @Override
    public Optional<String> zone() {
        return zone;
    }

    private Optional<String> zone(MemberTable members) {
        return members.find(self).map(entry -> entry.seat().zone());
    }

    @Override
    public boolean isReachable(String node) {
        return reachable.contains(node);
    }

    @Override
    public BucketProperties bucket(String name) {
        return buckets.find(name).orElse(defaults);
    }

    public BucketTable buckets() {
        return buckets;
    }

    public BucketProperties defaults() {
        return defaults;
    }

    public void setReachable(Set<String> nodes) {
        reachable = nodes;
    }

    /** Debts to a member: writes that this node took and that one missed. */
    public long hints(String member) {
        return hints.getOrDefault(member, new TreeMap<>()).values().stream()
                .mapToLong(debts -> debts)
                .sum();
    }

    /** What is wrong with a member: by its own word, else why this node has no connection to it; empty when all is well. */
    public String trouble(MemberEntry entry) {
        String claimed = entry.claim().trouble();
        return claimed.isEmpty() && !isReachable(entry.id()) ? problems.getOrDefault(entry.id(), "") : claimed;
    }

    /** Why there is no connection to a member; empty when there is one. */
    public void setProblem(String member, String problem) {
        problems.keySet().removeIf(id -> table.find(id).isEmpty());
        problems.put(member, problem);
    }

    /** As the shard of that index last counted its own. */
    public void setHints(int shard, String member, long debts) {
        hints.computeIfAbsent(member, any -> new TreeMap<>()).put(shard, debts);
    }

    public void setBuckets(BucketTable table) {
        buckets = table;
    }
}
