package io.quorate.core.version;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The whole truth about the writes of one run: for each, by number, every write that it had seen. */
final class CausalOracle {
    private final List<BitSet> histories = new ArrayList<>();
    private final List<RequestId> requests = new ArrayList<>();

    /** Takes note of a write, and returns its number. */
    int add(BitSet seen, RequestId request) {
        histories.add(seen);
        requests.add(request);
        return histories.size() - 1;
    }

    RequestId request(int write) {
        return requests.get(write);
    }

    /** Of the writes somebody has heard of, those that none of the others had seen. */
    BitSet current(BitSet known) {
        BitSet superseded = new BitSet();
        known.stream().forEach(write -> superseded.or(histories.get(write)));
        BitSet current = (BitSet) known.clone();
        current.andNot(superseded);
        return current;
    }

    /** What a client has seen once it was shown these writes. */
    BitSet seenWith(BitSet shown) {
        BitSet seen = (BitSet) shown.clone();
        shown.stream().forEach(write -> seen.or(histories.get(write)));
        return seen;
    }

    /** Of the current ones, those whose request was not seen in another of its writes: one write of a request is all of it. */
    BitSet indispensable(BitSet known) {
        BitSet current = current(known);
        BitSet superseded = (BitSet) known.clone();
        superseded.andNot(current);
        BitSet indispensable = (BitSet) current.clone();
        current.stream()
                .filter(write ->
                        superseded.stream().anyMatch(other -> request(other).equals(request(write))))
                .forEach(indispensable::clear);
        return indispensable;
    }

    static BitSet union(BitSet a, BitSet b) {
        BitSet union = (BitSet) a.clone();
        union.or(b);
        return union;
    }

    static BitSet with(BitSet a, int write) {
        BitSet with = (BitSet) a.clone();
        with.set(write);
        return with;
    }
}
