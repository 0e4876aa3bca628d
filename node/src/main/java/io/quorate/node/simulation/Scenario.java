package io.quorate.node.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The scenarios that a seed can be played in. */
public enum Scenario {
    /** Three nodes; concurrent reads, writes and deletes under every fault that a cluster must bear; then it heals. */
    FAULTS(3, true),
    /** The same on five nodes, so that fallbacks stand in. */
    FALLBACKS(5, true),
    /** Three nodes that never deliver what they owe: what reads do not repair is left to anti-entropy. */
    ANTI_ENTROPY(3, false),
    /** Three nodes; once all is healed tombstones are reaped, and then one node comes back with an old disk. */
    OLD_DISK(3, true),
    /** Three nodes that two others join, and that two members leave, under all those faults. */
    ELASTIC(3, true),
    /** Five nodes; clients change counters, sets, documents and lists by operations, and repeat each until it is acknowledged. */
    PATCHES(5, true),
    /** Five nodes; clients write keys of buckets of every conflict policy, blindly and with what they have read. */
    POLICIES(5, true),
    /** Six nodes in two zones, and a seventh that joins; clients are served by the quorum of their zone, also while nothing passes between both. */
    ZONES(6, true),
    /** Five nodes; clients write values that expire, and at last one node is down while all of them do. */
    EXPIRY(5, true),
    /** Five nodes; clients write keys of some groups, alone and together, and read whole groups: never an answer without its question. */
    GROUPS(5, true),
    /** Five nodes; many sessions at r=w=1 whose requests wander: they see what they wrote, and never less than before. */
    SESSIONS(5, true);

    private static final int SESSIONS_OF_SEED = 80;

    private final int nodes;
    private final boolean handoff;

    Scenario(int nodes, boolean handoff) {
        this.nodes = nodes;
        this.handoff = handoff;
    }

    /**
     * What a run that broke no promise amounts to.
     *
     * @param traceHash of all events and messages: equal for equal seeds
     */
    public record Verdict(long traceHash, int writes, int acknowledged, int reads, int comparisons) {}

    /**
     * Plays one seed from beginning to end.
     *
     * @throws RuntimeException naming the promise that was broken
     */
    public Verdict play(long seed) {
        Rules rules = new Rules(handoff, this == OLD_DISK || this == EXPIRY, this == OLD_DISK, this == ELASTIC);
        return switch (this) {
            case PATCHES -> new PatchRun(seed, nodes, rules).play();
            case POLICIES -> new PolicyRun(seed, nodes, rules).play();
            case ZONES -> new ZonesRun(seed, nodes, rules).play();
            case EXPIRY -> new ExpiryRun(seed, nodes, rules).play();
            case GROUPS -> new GroupRun(seed, nodes, rules).play();
            case SESSIONS -> new SessionRun(seed, nodes, rules, SESSIONS_OF_SEED, true).play();
            case FAULTS, FALLBACKS, ANTI_ENTROPY, OLD_DISK, ELASTIC -> new FaultsRun(seed, nodes, rules).play();
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scenario> parse(String label) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.label().equals(label))
                .findFirst();
    }
}
