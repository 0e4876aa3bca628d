package io.quorate.node.cli.guard;

/**
 * By how much a cost may be above its baseline.
 *
 * @param cpuPercent wide where the machine is shared
 * @param bytesPercent the same everywhere
 */
record Limits(int cpuPercent, int bytesPercent) {
    int percent(Measure measure) {
        return measure == Measure.CPU ? cpuPercent : bytesPercent;
    }
}
