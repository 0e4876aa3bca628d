package io.quorate.node.cli.bench;

/**
 * What is to be measured.
 *
 * @param keys how many there are; all are written before the measurement
 * @param loaded whether they are there from a former run and are not written again: a key's first write then reads it before
 * @param zipfian whether some keys are asked for far more often than others
 * @param contended whether writers may race for a key, which makes siblings
 */
public record BenchPlan(
        Workload workload,
        String bucket,
        int keys,
        boolean loaded,
        int valueBytes,
        boolean zipfian,
        boolean contended,
        Drive drive,
        Terms terms) {

    /**
     * How hard it is driven.
     *
     * @param threads of this process; each drives many connections
     * @param connections each with one request at a time
     * @param rate operations a second in all; 0 for as many as are answered
     */
    public record Drive(int threads, int connections, int warmupSeconds, int seconds, int rate) {}

    /**
     * What each request says.
     *
     * @param readQuery of a GET; empty or from the question mark on
     * @param writeQuery of a PUT, likewise
     * @param timeoutMillis how long to wait for one answer
     */
    public record Terms(String readQuery, String writeQuery, int timeoutMillis) {}
}
