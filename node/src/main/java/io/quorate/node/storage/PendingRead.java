package io.quorate.node.storage;

/** A question that has to be answered from the disk. */
interface PendingRead {
    /** Looks the answer up; on a reader thread. */
    void read(StoredValues values);

    /** Takes note that looking it up ended in an error; on a reader thread. */
    void fail();

    /** Gives the answer; on the shard. */
    void answer();
}
