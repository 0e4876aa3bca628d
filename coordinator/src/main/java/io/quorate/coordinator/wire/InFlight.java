package io.quorate.coordinator.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The calls of one connection that await their final reply: bounded, found by id, and forgotten after their deadlines.
 *
 * <p>An id is a slot's place and how many calls there were before, so finding one is an array access, and the id of a forgotten
 * call finds nothing though its slot serves another.
 */
final class InFlight<T> {
    private static final int SLOT_BITS = 16;

    private final int callsMax;
    private final long bytesMax;
    private final List<Slot<T>> slots = new ArrayList<>();
    private final ArrayDeque<Slot<T>> free = new ArrayDeque<>();
    private long calls;
    private long bytes;

    InFlight(int callsMax, long bytesMax) {
        this.callsMax = callsMax;
        this.bytesMax = bytesMax;
    }

    boolean isFull() {
        return bytes >= bytesMax || (free.isEmpty() && slots.size() == callsMax);
    }

    boolean isEmpty() {
        return free.size() == slots.size();
    }

    /** Takes a call; {@link #isFull} must have been false. Its id is never zero. */
    long open(T call, long deadlineNanos) {
        Slot<T> slot = free.isEmpty() ? newSlot() : free.pop();
        calls++;
        slot.id = calls << SLOT_BITS | slot.place;
        slot.call = call;
        slot.deadlineNanos = deadlineNanos;
        return slot.id;
    }

    /** Counts bytes towards the bound until the call is closed. */
    void charge(long id, int size) {
        Slot<T> slot = find(id);
        slot.bytes += size;
        bytes += size;
    }

    /** The call, or null when it is closed, forgotten, or never was. */
    T get(long id) {
        Slot<T> slot = find(id);
        return slot == null ? null : slot.call;
    }

    /** The deadline of a call that {@link #get} finds. */
    long deadlineNanos(long id) {
        return find(id).deadlineNanos;
    }

    void close(long id) {
        Slot<T> slot = find(id);
        if (slot != null) {
            release(slot);
        }
    }

    /** Forgets the calls whose deadline has passed, and tells how many they were. */
    int sweep(long nowNanos) {
        if (isEmpty()) {
            return 0;
        }
        int expired = 0;
        for (Slot<T> slot : slots) {
            if (slot.id != 0 && slot.deadlineNanos - nowNanos <= 0) {
                release(slot);
                expired++;
            }
        }
        return expired;
    }

    /** All calls, the oldest first, which are closed thereby. */
    List<T> drain() {
        List<Slot<T>> open = new ArrayList<>();
        for (Slot<T> slot : slots) {
            if (slot.id != 0) {
                open.add(slot);
            }
        }
        open.sort(Comparator.comparingLong(slot -> slot.id));
        List<T> drained = new ArrayList<>(open.size());
        for (Slot<T> slot : open) {
            drained.add(slot.call);
            release(slot);
        }
        return drained;
    }

    private Slot<T> newSlot() {
        Slot<T> slot = new Slot<>(slots.size());
        slots.add(slot);
        return slot;
    }

    private Slot<T> find(long id) {
        int place = (int) (id & ((1 << SLOT_BITS) - 1));
        if (id == 0 || place >= slots.size()) {
            return null;
        }
        Slot<T> slot = slots.get(place);
        return slot.id == id ? slot : null;
    }

    private void release(Slot<T> slot) {
        bytes -= slot.bytes;
        slot.bytes = 0;
        slot.id = 0;
        slot.call = null;
        free.push(slot);
    }

    /** Room for one call, used again and again; free while its id is zero. */
    private static final class Slot<T> {
        private final int place;
        private long id;
        private T call;
        private long deadlineNanos;
        private int bytes;

        Slot(int place) {
            this.place = place;
        }
    }
}
