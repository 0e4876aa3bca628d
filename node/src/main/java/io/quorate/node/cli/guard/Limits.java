package io.quorate.node.cli.guard;

/**
 * By how much a cost may be above its baseline.
 *
 * @param cpuPercent wide where the machine is shared
 * @param bytesPercent narrow also there: they depend on the Java, and hardly on the machine
 */
record Limits(int cpuPercent, int bytesPercent) {
    int percent(Measure measure) {
        return measure == Measure.CPU ? cpuPercent : bytesPercent;
    }
}
