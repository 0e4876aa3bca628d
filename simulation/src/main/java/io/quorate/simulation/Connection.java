package io.quorate.simulation;

/** One end's view of its way to one node: to which life of it, how many answers it waits for, and when to try again. */
final class Connection {
    private final Route out;
    private final Route back;
    private SimulatedTransport peer;
    private long retryNanos;
    private int unanswered;
    private boolean breaking;

    Connection(Route out, Route back) {
        this.out = out;
        this.back = back;
    }

    Route out() {
        return out;
    }

    boolean isCut() {
        return out.isCut() || back.isCut();
    }

    /** Null while there is no connection. */
    SimulatedTransport peer() {
        return peer;
    }

    boolean leadsTo(SimulatedTransport other) {
        return peer == other;
    }

    void connect(SimulatedTransport to) {
        peer = to;
        breaking = false;
    }

    void disconnect(long retryNanos) {
        peer = null;
        this.retryNanos = retryNanos;
    }

    long retryNanos() {
        return retryNanos;
    }

    void retryAt(long nanos) {
        retryNanos = nanos;
    }

    int unanswered() {
        return unanswered;
    }

    void asked() {
        unanswered++;
    }

    void answered() {
        unanswered--;
    }

    /** True for the first who wants to break it. */
    boolean beginBreak() {
        boolean first = !breaking;
        breaking = true;
        return first;
    }

    /** The break is not noticed now: asked when it would be. */
    boolean breakIsNoticed() {
        breaking = false;
        return !isCut();
    }

    /** A number that changes with every cut and every healing of either way. */
    long cutMark() {
        return out.cutSinceNanos() * 31 + back.cutSinceNanos();
    }
}
