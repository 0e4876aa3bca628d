package io.quorate.coordinator.api;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The receipt of a request: who was asked, what each said and when, and what was left to do when it was answered.
 *
 * @param preference the key's preference list: all members, its primaries first
 * @param asked one for each message that was sent, in that order
 * @param notAsked node id → why not, of those that would have been
 * @param merge of a read: what was merged, and who lacked some of it
 * @param owed what holders of a write have promised to deliver
 */
public record Explanation(
        int partition,
        List<String> preference,
        List<Asked> asked,
        SortedMap<String, String> notAsked,
        Optional<Merge> merge,
        List<Owed> owed,
        Promise promise) {
    /**
     * One node that was asked.
     *
     * @param hintFor the primary that it stands in for
     * @param micros since the request began
     * @param said in time for the answer; empty when it was silent
     */
    public record Asked(String node, boolean primary, Optional<String> hintFor, long micros, List<Said> said) {}

    /**
     * One answer.
     *
     * @param micros since the request began
     * @param outcome {@code value}, {@code digest} or {@code absent} to a read; {@code stamped}, {@code durable} to a write; else why not
     * @param digest of the node's state, where it told that
     */
    public record Said(long micros, String outcome, Optional<Long> digest) {}

    /**
     * What a read made of the replies.
     *
     * @param states that differed, merged to the answer
     * @param repair when those that lacked something are brought up to it
     * @param lacking node id → {@code absent}, {@code stale} or {@code damaged}
     */
    public record Merge(int states, ReadRepair repair, SortedMap<String, String> lacking) {}

    /** A holder's duty to bring a member what it missed. */
    public record Owed(String to, String heldBy) {}

    /**
     * What the numbers of the request and of its bucket promise.
     *
     * @param overlap whether any r and any w of the n replicas have one in common
     */
    public record Promise(int n, int r, int w, boolean sloppy, boolean overlap) {}
}
