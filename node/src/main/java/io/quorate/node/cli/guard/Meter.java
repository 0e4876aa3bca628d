package io.quorate.node.cli.guard;

import java.io.IOException;

/** Measures for a few seconds what servers spend on a request. */
interface Meter {
    /** The null handler, in microseconds of CPU. */
    double reference() throws IOException, InterruptedException;

    /** All nodes of the cluster together. */
    Spent subject(Check check) throws IOException, InterruptedException;
}
