package io.quorate.core.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a member is on its way into the cluster or out of it.
 *
 * <pre>
 *            written to   read from   its ranges
 * JOINING    too          no          are being copied to it
 * ADMITTED   yes          yes         are still written to the nodes that had them before, too
 * ACTIVE     yes          yes
 * LEAVING    yes          yes         are being copied to those that follow it
 * PARTING    too          no          belong to those that follow it
 * DRAINING   no           no          it may still hold what they have not confirmed yet
 * EXPELLING  yes          yes         are being copied to those that follow it, from the others: it is dead
 * EXPELLED   too          no          belong to those that follow it
 * LEFT       no           no          it must never serve again with its old data
 * </pre>
 *
 * <p>The steps between are what makes a change safe while some nodes know of it and others do not: nobody reads where others do
 * not write yet, and nobody stops writing where others still read.
 */
public enum Standing {
    JOINING,
    ADMITTED,
    ACTIVE,
    LEAVING,
    PARTING,
    DRAINING,
    EXPELLING,
    EXPELLED,
    LEFT;

    /** Whether the ring is changing, or about to change, because of a member with this standing. */
    public boolean isChanging() {
        return this != ACTIVE && this != DRAINING && this != LEFT;
    }

    /** Whether a changing member's ranges were copied, so that reads go by the new ring. */
    public boolean isCopied() {
        return this == ADMITTED || this == PARTING || this == EXPELLED;
    }

    public boolean isComing() {
        return this == JOINING || this == ADMITTED;
    }

    /** Whether a member counts while another one comes or goes; those that wait for their turn to leave are still there. */
    public boolean isThere() {
        return this == ADMITTED || this == ACTIVE || this == LEAVING || this == EXPELLING;
    }

    /** Whether it is dead, by decision: nobody waits for it. */
    public boolean isExpelled() {
        return this == EXPELLING || this == EXPELLED;
    }

    static Optional<Standing> parse(String label) {
        return Arrays.stream(values())
                .filter(standing -> standing.label().equals(label))
                .findFirst();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
