package io.quorate.node.membership;

import io.quorate.node.membership.FailureDetector.Timing;
import java.util.concurrent.TimeUnit;

/** What this node knows of one peer's life: whether it answers, and for how long it has not. */
final class Watch {
    private final Timing timing;
    private long answeredNanos;
    private long askedNanos;
    private long silentSinceNanos;
    private long heardOfNanos;
    private long relayNanos;
    private boolean answered;
    private boolean serving;
    private boolean waiting = true;
    private boolean suspect;
    private boolean down;

    Watch(Timing timing, long nowNanos) {
        this.timing = timing;
        answeredNanos = nowNanos;
        askedNanos = nowNanos - nanos(timing.intervalMillis());
        silentSinceNanos = nowNanos;
    }

    /** With every peer asked at each tick, silence counts from the last answer; with many peers, from a tick before the question. */
    void asked(long nowNanos) {
        askedNanos = nowNanos;
        if (!waiting) {
            waiting = true;
            silentSinceNanos = Math.max(answeredNanos, nowNanos - nanos(timing.intervalMillis()));
        }
    }

    void answered(long nowNanos, boolean nowServing) {
        answeredNanos = nowNanos;
        answered = true;
        serving = nowServing;
        waiting = false;
        suspect = false;
        down = false;
    }

    /** Another node says that it answers. */
    void heardOf(long nowNanos) {
        heardOfNanos = nowNanos;
        down = false;
    }

    void suspect(long nowNanos) {
        if (!suspect) {
            suspect = true;
            waiting = true;
            silentSinceNanos = nowNanos;
            heardOfNanos = nowNanos;
            relayNanos = nowNanos;
        }
    }

    /**
     * Draws the conclusions of its silence.
     *
     * @param patience how many times the usual time passes before a conviction
     */
    void judge(long nowNanos, int patience) {
        if (waiting && nowNanos - silentSinceNanos > nanos(timing.suspectMillis())) {
            suspect(nowNanos);
        }
        if (suspect && nowNanos - heardOfNanos > nanos(timing.convictMillis()) * patience) {
            down = true;
        }
    }

    /** Time in which this node itself stood still is given back. */
    void forgive(long nanos) {
        answeredNanos += nanos;
        askedNanos += nanos;
        silentSinceNanos += nanos;
        heardOfNanos += nanos;
    }

    /** Whether it is time to ask others about it; if so, the next time is set. A convict is asked for now and then, too. */
    boolean takesRelays(long nowNanos) {
        if (!suspect || nowNanos < relayNanos) {
            return false;
        }
        relayNanos = nowNanos + nanos(down ? timing.convictMillis() : timing.suspectMillis() / 2);
        return true;
    }

    /** Whether it owes an answer. */
    boolean isWaiting() {
        return waiting;
    }

    /** Whether it was asked so lately that to ask again would be to ask twice. */
    boolean isAboutToAnswer(long nowNanos) {
        return waiting && nowNanos - askedNanos < nanos(timing.intervalMillis()) / 2;
    }

    boolean isReachable() {
        return answered && serving && !suspect;
    }

    boolean isDown() {
        return down;
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
