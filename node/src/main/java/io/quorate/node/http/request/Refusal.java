package io.quorate.node.http.request;

import java.io.Serial;

/** A request is malformed, and nothing of it was carried out. Not a fault of the program, so it has no stack trace. */
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
