package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.datatype.RejectedException.Reason;
import io.quorate.core.version.Dot;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sum of increments.
 *
 * <p>An actor's increments follow one another, so the later of two sums of one actor holds the earlier one. What was counted
 * under two dots of one request is taken off again.
 *
 * @param lanes for each actor since it first changed this counter, by the dot of that change: all it has added
 * @param repeats increments that count under another dot: their amounts. One for each request that two replicas carried out
 */
record Counter(SortedMap<Dot, Lane> lanes, SortedMap<Dot, Long> repeats) implements Body {
    static final Counter EMPTY = new Counter(new TreeMap<>(), new TreeMap<>());

    Counter {
        lanes = Collections.unmodifiableSortedMap(lanes);
        repeats = Collections.unmodifiableSortedMap(repeats);
    }

    /**
     * What one actor has added.
     *
     * @param last the counter of its latest dot
     */
    record Lane(long last, long sum) {}

    @Override
    public DataType type() {
        return DataType.COUNTER;
    }

    @Override
    public Body merge(Body other, Meeting meeting) {
        Counter theirs = (Counter) other;
        TreeMap<Dot, Lane> merged = new TreeMap<>();
        lanes.forEach((first, lane) -> {
            Lane same = theirs.lanes.get(first);
            if (same != null) {
                merged.put(first, same.last() > lane.last() ? same : lane);
            } else if (!meeting.rightCovers(last(first, lane))) {
                merged.put(first, lane);
            }
        });
        theirs.lanes.forEach((first, lane) -> {
            if (!lanes.containsKey(first) && !meeting.leftCovers(last(first, lane))) {
                merged.put(first, lane);
            }
        });
        TreeMap<Dot, Long> both = new TreeMap<>(repeats);
        both.putAll(theirs.repeats);
        both.keySet().removeIf(dot -> !isIn(merged, dot));
        return new Counter(merged, both);
    }

    @Override
    public Body apply(Operation operation, Event event, int first) {
        long by = ((Operation.Increment) operation).by();
        TreeMap<Dot, Lane> changed = new TreeMap<>(lanes);
        Dot own = lanes.keySet().stream()
                .filter(start -> start.actor().equals(event.dot().actor()))
                .reduce((earlier, later) -> later)
                .orElse(event.dot());
        long sum = changed.containsKey(own) ? changed.get(own).sum() : 0;
        try {
            changed.put(own, new Lane(event.dot().counter(), Math.addExact(sum, by)));
        } catch (ArithmeticException e) {
            throw new RejectedException(Reason.OUT_OF_RANGE, "the counter is as far as it goes");
        }
        // The journal forgets in time; what it knows of repetitions is kept from now on.
        TreeMap<Dot, Long> known = new TreeMap<>(repeats);
        known.putAll(repeatsIn(event.before()));
        return new Counter(changed, known);
    }

    BigInteger total(Journal journal) {
        BigInteger total = BigInteger.ZERO;
        for (Lane lane : lanes.values()) {
            total = total.add(BigInteger.valueOf(lane.sum()));
        }
        Map<Dot, Long> all = new TreeMap<>(repeats);
        all.putAll(repeatsIn(journal));
        for (long amount : all.values()) {
            total = total.subtract(BigInteger.valueOf(amount));
        }
        return total;
    }

    @Override
    public Bytes toJson(Journal journal) {
        return Bytes.utf8(total(journal).toString());
    }

    @Override
    public void write(ByteWriter out, Actors actors) {
        out.varint(lanes.size());
        for (Entry<Dot, Lane> lane : lanes.entrySet()) {
            actors.writeDot(out, lane.getKey());
            out.int64(lane.getValue().last()).int64(lane.getValue().sum());
        }
        out.varint(repeats.size());
        for (Entry<Dot, Long> repeat : repeats.entrySet()) {
            actors.writeDot(out, repeat.getKey());
            out.int64(repeat.getValue());
        }
    }

    static Counter read(ByteReader in, Actors actors) {
        TreeMap<Dot, Lane> lanes = new TreeMap<>();
        for (int left = in.count(25); left > 0; left--) {
            lanes.put(actors.readDot(in), new Lane(in.int64(), in.int64()));
        }
        TreeMap<Dot, Long> repeats = new TreeMap<>();
        for (int left = in.count(17); left > 0; left--) {
            repeats.put(actors.readDot(in), in.int64());
        }
        return new Counter(lanes, repeats);
    }

    private SortedMap<Dot, Long> repeatsIn(Journal journal) {
        TreeMap<Dot, Long> found = new TreeMap<>();
        journal.repeated().stream()
                .filter(entry -> isIn(lanes, entry.dot()))
                .forEach(entry -> found.put(entry.dot(), entry.amount()));
        return found;
    }

    private static boolean isIn(SortedMap<Dot, Lane> lanes, Dot dot) {
        return lanes.entrySet().stream()
                .anyMatch(lane -> lane.getKey().actor().equals(dot.actor())
                        && lane.getKey().counter() <= dot.counter()
                        && dot.counter() <= lane.getValue().last());
    }

    private static Dot last(Dot first, Lane lane) {
        return new Dot(first.actor(), lane.last());
    }
}
