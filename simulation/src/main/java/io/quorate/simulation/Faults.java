package io.quorate.simulation;

/**
 * How badly the world treats its programs: distributions and chances, drawn from the seed.
 *
 * @param tick how much later than asked a timer runs
 */
public record Faults(Messages messages, Connections connections, Disk disk, Clocks clocks, Delay tick) {
    /** Small delays and nothing else: what a protocol must do well. */
    public static final Faults CALM = new Faults(
            new Messages(Delay.between(100, 500), 0, 0, 0, 0),
            new Connections(Delay.between(200, 2_000), Delay.between(5_000_000, 10_000_000), 0, 0, 10_000),
            new Disk(Delay.between(200, 1_000), Delay.between(50, 200), 0.9, 0, 10_000),
            Clocks.EXACT,
            Delay.NONE);

    /** Everything goes wrong now and then: what a protocol must survive. */
    public static final Faults ROUGH = new Faults(
            new Messages(new Delay(50, 2_000, 0.02, 400_000), 0.01, 0.02, 0.1, 0.5),
            new Connections(Delay.between(500, 50_000), Delay.between(500_000, 15_000_000), 0.000_5, 0.5, 1_000),
            new Disk(new Delay(200, 5_000, 0.01, 300_000), new Delay(50, 1_000, 0.02, 100_000), 0.6, 0.5, 1_000),
            new Clocks(200, 1_000, 500, 20_000, 500),
            Delay.between(0, 20_000));

    /**
     * What happens to single messages.
     *
     * @param delay of each on its way
     * @param lossChance that it never arrives
     * @param duplicateChance that it arrives twice
     * @param overtakeChance that it does not wait for those sent before it on the same way
     * @param lateChance that a request is handed over although its deadline has passed: the deadline is measured from the
     *     receiving end, which cannot know how long the bytes lay in between
     */
    public record Messages(
            Delay delay, double lossChance, double duplicateChance, double overtakeChance, double lateChance) {
        public Messages withDelay(Delay delay) {
            return new Messages(delay, lossChance, duplicateChance, overtakeChance, lateChance);
        }

        public Messages withLoss(double lossChance) {
            return new Messages(delay, lossChance, duplicateChance, overtakeChance, lateChance);
        }

        public Messages withDuplicates(double duplicateChance) {
            return new Messages(delay, lossChance, duplicateChance, overtakeChance, lateChance);
        }

        public Messages withOvertaking(double overtakeChance) {
            return new Messages(delay, lossChance, duplicateChance, overtakeChance, lateChance);
        }

        public Messages withLate(double lateChance) {
            return new Messages(delay, lossChance, duplicateChance, overtakeChance, lateChance);
        }
    }

    /**
     * What happens to connections.
     *
     * @param notice until a sender notices that its peer's process is gone
     * @param cutNotice until an end of a cut connection gives it up
     * @param resetChance that a call breaks its connection although nothing is wrong with the peer
     * @param heldChance that what was sent into a cut is sent again a little later, as TCP does
     * @param inFlightMax calls to one node that wait for their answer
     */
    public record Connections(Delay notice, Delay cutNotice, double resetChance, double heldChance, int inFlightMax) {
        public Connections withCutNotice(Delay cutNotice) {
            return new Connections(notice, cutNotice, resetChance, heldChance, inFlightMax);
        }

        public Connections withResets(double resetChance) {
            return new Connections(notice, cutNotice, resetChance, heldChance, inFlightMax);
        }

        public Connections withHeld(double heldChance) {
            return new Connections(notice, cutNotice, resetChance, heldChance, inFlightMax);
        }

        public Connections withInFlightMax(int inFlightMax) {
            return new Connections(notice, cutNotice, resetChance, heldChance, inFlightMax);
        }
    }

    /**
     * What happens to storage.
     *
     * @param commit until a group of batches is durable
     * @param read until a read that is not cached is answered
     * @param cachedChance that a read is answered inside the call
     * @param lateRefusalChance that a full disk is only noticed when a group is written, after its batches were visible
     * @param waitingMax batches that are not yet durable
     */
    public record Disk(Delay commit, Delay read, double cachedChance, double lateRefusalChance, int waitingMax) {
        public Disk withCommit(Delay commit) {
            return new Disk(commit, read, cachedChance, lateRefusalChance, waitingMax);
        }

        public Disk withCached(double cachedChance) {
            return new Disk(commit, read, cachedChance, lateRefusalChance, waitingMax);
        }

        public Disk withLateRefusal(double lateRefusalChance) {
            return new Disk(commit, read, cachedChance, lateRefusalChance, waitingMax);
        }

        public Disk withWaitingMax(int waitingMax) {
            return new Disk(commit, read, cachedChance, lateRefusalChance, waitingMax);
        }
    }

    /**
     * What happens to wall clocks. A process keeps the clock that it was added with.
     *
     * @param startMillisMax how far off it may be at first, either way
     * @param offsetMillisMax how far off it may ever be, either way
     * @param driftPpmMax how much faster or slower it may run
     * @param jumpEveryMillis from one jump to the next, at most; zero for none
     * @param jumpMillisMax how far it may jump, either way
     */
    public record Clocks(
            long startMillisMax, long offsetMillisMax, int driftPpmMax, long jumpEveryMillis, long jumpMillisMax) {
        public static final Clocks EXACT = new Clocks(0, 0, 0, 0, 0);
    }

    public Faults with(Messages messages) {
        return new Faults(messages, connections, disk, clocks, tick);
    }

    public Faults with(Connections connections) {
        return new Faults(messages, connections, disk, clocks, tick);
    }

    public Faults with(Disk disk) {
        return new Faults(messages, connections, disk, clocks, tick);
    }

    public Faults with(Clocks clocks) {
        return new Faults(messages, connections, disk, clocks, tick);
    }

    public Faults withTick(Delay tick) {
        return new Faults(messages, connections, disk, clocks, tick);
    }
}
