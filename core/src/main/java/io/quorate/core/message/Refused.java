package io.quorate.core.message;

/** The node did nothing of what was asked. */
public record Refused(Reason reason, String detail) implements Reply {
    /** Why; the wire carries the ordinal, so new reasons go last. */
    public enum Reason {
        /** Its queues are full. */
        OVERLOADED,
        /** Its disk is full. */
        READ_ONLY,
        /** Its disk failed. */
        STORAGE_FAILED,
        /** Its copy of the key failed its checksum. */
        DAMAGED,
        /** The write's stamps are too far ahead of its clock. */
        CLOCK_DRIFT,
        /** The key has as many concurrent versions as a client's write may leave. */
        TOO_MANY_SIBLINGS,
        /** The sender goes by another ring: one of the two has not heard the latest of the members. */
        OTHER_RING,
        /** It is starting or stopping. */
        NOT_SERVING,
        /** The request arrived after its deadline. */
        EXPIRED,
        /** It cannot read what was sent. */
        MALFORMED,
        /** It compares that partition with another node. */
        EXCHANGING,
        /** It cannot be what was asked of the membership; the detail says why. */
        MEMBERSHIP,
        /** The key holds a plain value or another data type than the one that is to be changed. */
        WRONG_TYPE,
        /** The list has no element of that id. */
        UNKNOWN_ELEMENT,
        /** The counter would leave the range of 64 bits. */
        OUT_OF_RANGE,
        /** The value would be larger than any may be. */
        TOO_LARGE,
        /** The group has more keys or bytes than one answer may. */
        GROUP_TOO_LARGE
    }
}
