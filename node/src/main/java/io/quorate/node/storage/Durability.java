package io.quorate.node.storage;

/** When a write is acknowledged. */
public enum Durability {
    /** When it is on the disk; writes that wait at the same time share the cost. Survives a power cut. */
    GROUP,
    /** When the operating system has it; forced to the disk every so often. A power cut loses the last interval. */
    INTERVAL,
    /** When the operating system has it; it decides when to write. Survives the end of the process, not of the machine. */
    NONE
}
