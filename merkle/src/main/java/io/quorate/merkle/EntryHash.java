package io.quorate.merkle;

/** What one entry adds to its leaf: a hash of its key and of all that is stored under it. */
public final class EntryHash {
    /** Says that there is no entry. No entry hashes to it. */
    public static final long NONE = 0;

    private EntryHash() {}

    /**
     * The hash of an entry.
     *
     * <p>They are mixed, not XORed, so that entries which share a state, or have swapped theirs, do not cancel within a leaf. The key goes
     * through the mix twice: with once, keys and states that differ in the same regular way would still cancel.
     *
     * @param stateDigest covers the whole state: dots, context and value; what it leaves out, no comparison will ever see
     */
    public static long of(long keyHash, long stateDigest) {
        return Mix.join(Mix.join(0, keyHash), stateDigest);
    }
}
