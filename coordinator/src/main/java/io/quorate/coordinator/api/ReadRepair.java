package io.quorate.coordinator.api;

/** When a read repairs the replicas that it found stale. */
public enum ReadRepair {
    /** After the answer. */
    ASYNC,
    /** Before the answer, which waits until r replicas hold what it says: no later read at r can be older. */
    SYNC,
    /** Never. */
    OFF
}
