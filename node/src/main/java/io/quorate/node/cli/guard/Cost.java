package io.quorate.node.cli.guard;

/**
 * What a request costs under one load.
 *
 * @param cpu by what a null handler's costs
 * @param bytes of heap that all nodes together allocate
 */
record Cost(double cpu, double bytes) {
    double in(Measure measure) {
        return measure == Measure.CPU ? cpu : bytes;
    }
}
