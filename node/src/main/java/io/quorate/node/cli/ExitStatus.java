package io.quorate.node.cli;

/** What a command's exit status says. */
public final class ExitStatus {
    public static final int DONE = 0;

    /** Refused, or not found: the same request will not fare better. */
    public static final int REFUSED = 1;

    public static final int USAGE = 2;

    /** Nobody could be reached, or not enough nodes: the same request may fare better later. */
    public static final int UNREACHABLE = 3;

    private static final int FIRST_REFUSAL = 400;
    private static final int UNAVAILABLE = 503;
    private static final int TIMED_OUT = 504;

    private ExitStatus() {}

    /** That of an answer. */
    static int of(int httpStatus) {
        if (httpStatus < FIRST_REFUSAL) {
            return DONE;
        }
        return httpStatus == UNAVAILABLE || httpStatus == TIMED_OUT ? UNREACHABLE : REFUSED;
    }
}
