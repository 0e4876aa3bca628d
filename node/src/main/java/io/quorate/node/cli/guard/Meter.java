package io.quorate.node.cli.guard;

import java.io.IOException;

/** Measures for a few seconds what servers spend on a request, in microseconds of CPU. */
interface Meter {
    /** The null handler. */
    double reference() throws IOException, InterruptedException;

    /** All nodes of the cluster together. */
    double subject(Check check) throws IOException, InterruptedException;
}
