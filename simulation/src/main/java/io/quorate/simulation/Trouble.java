package io.quorate.simulation;

/** What a {@link Nemesis} can do to a node. */
public enum Trouble {
    /** It crashes, and starts again later. */
    CRASH,
    /** It stops cleanly, and starts again later. */
    STOP,
    /** It stands still for a while. */
    PAUSE,
    /** It and one other do not hear each other for a while. */
    CUT,
    /** One other does not hear it for a while. */
    CUT_ONE_WAY,
    /** It hears nobody and nobody hears it for a while. */
    ISOLATE,
    /** Its disk is full for a while. */
    DISK_FULL,
    /** Its disk fails for a while. */
    DISK_FAILING,
    /** It crashes, and starts again later with an empty disk. */
    WIPE;

    /** Whether the node itself counts as down meanwhile, rather than a way between two. */
    boolean isOfOneNode() {
        return this != CUT && this != CUT_ONE_WAY;
    }
}
