package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The way from one node to another: what is sent on it may be lost, doubled or late, overtakes only by chance, and does not
 * arrive while the way is cut.
 *
 * <p>Each message has dice of its own, so that one more message, or one more fault, leaves the fate of the others as it was.
 */
final class Route {
    private static final long OPEN = -1;
    private static final int RESENDS_MAX = 6;
    private static final long RESEND_NANOS = 200 * World.NANOS_PER_MILLI;
    private static final long LOCAL_NANOS_MAX = 20_000;

    private record Message(String from, Object content) {
        @Override
        public String toString() {
            return "from " + from + ": " + content;
        }
    }

    /** One message on its way. */
    private final class Parcel {
        private final Life target;
        private final EventKind kind;
        private final Message message;
        private final Runnable task;
        private final RandomGenerator dice;
        private int resends;

        Parcel(Life target, EventKind kind, Message message, Runnable task, RandomGenerator dice) {
            this.target = target;
            this.kind = kind;
            this.message = message;
            this.task = task;
            this.dice = dice;
        }

        void ship(long delayNanos) {
            world.add(delayNanos, new Event(kind, target, message, task).behind(this::passes));
        }

        /** Into a cut it is lost, or sent again after a while. */
        boolean passes() {
            if (!isCut()) {
                return true;
            }
            boolean held = dice.nextDouble() < world.faults().connections().heldChance();
            if (held && resends < RESENDS_MAX) {
                ship(RESEND_NANOS << resends++);
            } else {
                lose(message);
            }
            return false;
        }
    }

    private final World world;
    private final Counters counters;
    private final String from;
    private final String name;
    private final boolean local;
    private final long seed;
    private long messages;
    private long lastArrivalNanos;
    private long cutSinceNanos = OPEN;

    Route(World world, Counters counters, String from, String to) {
        this.world = world;
        this.counters = counters;
        this.from = from;
        this.name = from + ">" + to;
        this.local = from.equals(to);
        this.seed = Hash.mix(world.seed(), Hash.of(Bytes.utf8("route/" + name)));
    }

    boolean isCut() {
        return cutSinceNanos != OPEN;
    }

    /** When it was cut; tells one cut from the next. */
    long cutSinceNanos() {
        return cutSinceNanos;
    }

    void cut() {
        if (!isCut()) {
            cutSinceNanos = world.nowNanos();
            world.note(EventKind.CONTROL, name, "cut");
        }
    }

    void heal() {
        if (isCut()) {
            cutSinceNanos = OPEN;
            world.note(EventKind.CONTROL, name, "healed");
        }
    }

    /** Sends a message that runs {@code task} in {@code target}, once for every time it arrives. */
    void send(Life target, EventKind kind, Object content, Runnable task) {
        counters.sent++;
        Message message = new Message(from, content);
        RandomGenerator dice = new SplittableRandom(Hash.mix(seed, ++messages));
        if (local) {
            world.add(inTurn(1 + dice.nextLong(LOCAL_NANOS_MAX), false), new Event(kind, target, message, task));
        } else {
            send(new Parcel(target, kind, message, task, dice), dice);
        }
    }

    private void send(Parcel parcel, RandomGenerator dice) {
        Faults.Messages faults = world.faults().messages();
        // All dice are thrown for every message, so that a chance of zero shifts nothing.
        long delay = faults.delay().nanos(dice);
        long delayOfTwin = faults.delay().nanos(dice);
        boolean lost = dice.nextDouble() < faults.lossChance();
        boolean doubled = dice.nextDouble() < faults.duplicateChance();
        boolean overtakes = dice.nextDouble() < faults.overtakeChance();
        if (lost) {
            lose(parcel.message);
            return;
        }
        if (parcel.passes()) {
            parcel.ship(inTurn(delay, overtakes));
        }
        if (doubled && !isCut()) {
            counters.duplicated++;
            parcel.ship(delay + delayOfTwin);
        }
    }

    private long inTurn(long delay, boolean overtakes) {
        long arrival = world.nowNanos() + delay;
        if (overtakes) {
            counters.overtook += arrival < lastArrivalNanos ? 1 : 0;
            return delay;
        }
        lastArrivalNanos = Math.max(lastArrivalNanos, arrival);
        return lastArrivalNanos - world.nowNanos();
    }

    private void lose(Message message) {
        counters.lost++;
        world.note(EventKind.LOSS, name, message);
    }
}
