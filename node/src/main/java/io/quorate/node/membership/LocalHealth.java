package io.quorate.node.membership;

/**
 * How far this node mistrusts its own judgement of others: the local health multiplier of Lifeguard.
 *
 * <p>It stretches convictions only. To suspect is cheap, and in a cluster of three a peer's death looks the same as ill health.
 */
final class LocalHealth {
    private static final int SCORE_MAX = 3;

    private int score;

    /** A tick came late, or most peers owe an answer. */
    void worse() {
        score = Math.min(SCORE_MAX, score + 1);
    }

    void better() {
        score = Math.max(0, score - 1);
    }

    /** How many times the usual time to wait. */
    int patience() {
        return 1 + score;
    }
}
