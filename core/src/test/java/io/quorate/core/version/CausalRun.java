package io.quorate.core.version;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.port.Clock;
import io.quorate.core.time.HybridClock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One seeded run of a few replicas of a key: blind, stale, fresh and repeated writes, messages that come late, twice or never,
 * reads, and crashes that lose what was not durable.
 *
 * <p>After every step each replica must hold exactly those writes it has heard of that no other of them had seen, by an oracle
 * that keeps whole histories. In half of the runs requests are sent again under a new dot; whoever has seen one of the dots may
 * then drop the others.
 */
final class CausalRun {
    /** What is broken on purpose, to show that the oracle notices. */
    enum Flaw {
        NONE,
        /** A replica that lost writes goes on minting dots under its old incarnation. */
        ACTOR_FORGETS,
        /** The token after a write claims all earlier dots of the replica that stamped it. */
        DOT_IN_VECTOR_OF_TOKEN,
        /** The token after a write does not name the write itself. */
        DOT_NOT_IN_TOKEN
    }

    private static final Key KEY = Key.of("bucket", "key");

    private final long seed;
    private final Flaw flaw;
    private final boolean crashes;
    private final boolean repeats;
    private final Random random;
    private final CausalOracle oracle = new CausalOracle();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Copy> messages = new ArrayList<>();
    private final List<Token> tokens = new ArrayList<>();
    private final List<Siblings> trail = new ArrayList<>();
    private final Map<Dot, Integer> writes = new LinkedHashMap<>();
    private final Map<RequestId, Token> sent = new LinkedHashMap<>();
    private long millis = 1_700_000_000_000L;

    /** A state, and the writes that whoever holds it has heard of. */
    private record Copy(Siblings state, BitSet known) {
        static final Copy NOTHING = new Copy(Siblings.EMPTY, new BitSet());

        Copy merge(Copy other) {
            return new Copy(state.merge(other.state), CausalOracle.union(known, other.known));
        }
    }

    /** What a client carries, and the writes that it honestly has seen. */
    private record Token(String text, BitSet seen) {}

    /** What one node holds of the key, in memory and on disk. */
    private static final class Replica {
        private final HybridClock clock;
        private Actor actor;
        private Copy now = Copy.NOTHING;
        private Copy durable = Copy.NOTHING;

        private Replica(HybridClock clock, Actor actor) {
            this.clock = clock;
            this.actor = actor;
        }
    }

    CausalRun(long seed, int replicas, Flaw flaw, boolean crashes) {
        this.seed = seed;
        this.flaw = flaw;
        this.crashes = crashes;
        this.random = new Random(seed);
        this.repeats = random.nextBoolean();
        for (int i = 0; i < replicas; i++) {
            HybridClock clock = new HybridClock(new SkewedClock(random.nextInt(2000)), 0, 0, 0);
            this.replicas.add(new Replica(clock, new Actor("n" + i, random.nextLong())));
        }
        tokens.add(new Token(ContextCodec.toToken(Context.EMPTY, KEY), new BitSet()));
    }

    /** Runs so many steps, and returns every state that was compared with the oracle. */
    List<Siblings> run(int steps) {
        for (int i = 0; i < steps; i++) {
            millis += random.nextInt(3);
            Replica replica = any(replicas);
            step(replica);
            compare(replica.now);
        }
        converge();
        return trail;
    }

    private void step(Replica replica) {
        int kind = random.nextInt(100);
        if (kind < 40) {
            write(replica);
        } else if (kind < 55) {
            messages.add(replica.now);
        } else if (kind < 75) {
            receive(replica, messages.isEmpty() ? any(replicas).now : any(messages));
        } else if (kind < 90) {
            read();
        } else if (crashes) {
            crash(replica);
        }
    }

    private void write(Replica replica) {
        if (repeats && random.nextInt(5) == 0 && !sent.isEmpty()) {
            Map.Entry<RequestId, Token> again = any(List.copyOf(sent.entrySet()));
            stamp(replica, again.getKey(), again.getValue());
        } else {
            List<Token> recent = tokens.subList(Math.max(0, tokens.size() - 6), tokens.size());
            stamp(replica, RequestId.random(random), random.nextInt(4) == 0 ? tokens.get(0) : any(recent));
        }
    }

    private void stamp(Replica replica, RequestId request, Token token) {
        if (replica.now.state.dotOf(request).isPresent()) {
            return;
        }
        sent.put(request, token);
        Dot dot = new Dot(replica.actor, replica.clock.next());
        int write = oracle.add(token.seen, request);
        writes.put(dot, write);
        Context seen = ContextCodec.fromToken(token.text, KEY);
        Optional<Bytes> value = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(valueOf(write));
        Siblings stamped = replica.now.state.stamp(seen, new Sibling(dot, request, value), 1 + random.nextInt(5));
        if (random.nextInt(3) == 0) {
            stamped = stamped.withReceipt(new Receipt(request, dot));
        }
        BitSet seenNow = CausalOracle.with(token.seen, write);
        replica.now = new Copy(stamped, CausalOracle.union(replica.now.known, seenNow));
        Context answered = switch (flaw) {
            case DOT_IN_VECTOR_OF_TOKEN -> new Context(seen.vector().with(dot), seen.cloud());
            case DOT_NOT_IN_TOKEN -> seen;
            default ->
                random.nextBoolean()
                        ? seen.withDot(dot)
                        : SiblingsCodec.seenAfter(SiblingsCodec.encode(stamped), seen, dot);
        };
        tokens.add(new Token(ContextCodec.toToken(answered, KEY), seenNow));
    }

    private void receive(Replica replica, Copy message) {
        Siblings state = SiblingsCodec.decode(SiblingsCodec.encode(message.state));
        Copy received = new Copy(state, message.known);
        replica.now = random.nextBoolean() ? replica.now.merge(received) : received.merge(replica.now);
    }

    private void read() {
        List<Replica> asked = new ArrayList<>(replicas);
        Collections.shuffle(asked, random);
        Copy merged = Copy.NOTHING;
        for (Replica replica : asked.subList(0, 1 + random.nextInt(asked.size()))) {
            merged = merged.merge(replica.now);
        }
        compare(merged);
        BitSet seen = oracle.seenWith(oracle.current(merged.known));
        tokens.add(new Token(ContextCodec.toToken(merged.state.context(), KEY), seen));
    }

    private void crash(Replica replica) {
        if (random.nextBoolean()) {
            replica.durable = replica.now;
            return;
        }
        replica.now = replica.durable;
        if (flaw != Flaw.ACTOR_FORGETS) {
            replica.actor = new Actor(replica.actor.node(), random.nextLong());
        }
    }

    /** Everybody merges everybody else, each in an order of its own: all must be equal, to the byte. */
    private void converge() {
        Siblings first = null;
        for (Replica replica : replicas) {
            List<Replica> others = new ArrayList<>(replicas);
            Collections.shuffle(others, random);
            Copy all = replica.now;
            for (Replica other : others) {
                all = all.merge(other.now);
            }
            compare(all);
            first = first == null ? all.state : first;
            check(all.state.equals(first), "replicas that merged the same states differ");
            check(SiblingsCodec.encode(all.state).equals(SiblingsCodec.encode(first)), "equal states, other bytes");
        }
    }

    private void compare(Copy copy) {
        trail.add(copy.state);
        BitSet held = new BitSet();
        for (Sibling sibling : copy.state.versions()) {
            int write = writes.get(sibling.dot());
            check(!held.get(write), "write " + write + " is there twice");
            check(sibling.value().map(valueOf(write)::equals).orElse(true), "write " + write + " has another's value");
            check(copy.state.context().covers(sibling.dot()), "write " + write + " is outside its own context");
            held.set(write);
        }
        BitSet missing = oracle.indispensable(copy.known);
        missing.andNot(held);
        check(missing.isEmpty(), "dropped writes " + missing + " that nothing had seen, and holds " + held);
        held.andNot(oracle.current(copy.known));
        check(held.isEmpty(), "keeps superseded writes " + held);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new CausalityError("seed " + seed + " with " + replicas.size() + " replicas: " + otherwise);
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Bytes valueOf(int write) {
        return Bytes.utf8("\"write " + write + "\"");
    }

    /** A replica that disagrees with the oracle. */
    static final class CausalityError extends AssertionError {
        private static final long serialVersionUID = 1;

        CausalityError(String message) {
            super(message);
        }
    }

    private final class SkewedClock implements Clock {
        private final int skewMillis;

        private SkewedClock(int skewMillis) {
            this.skewMillis = skewMillis;
        }

        @Override
        public long monotonicNanos() {
            return millis * 1_000_000;
        }

        @Override
        public long realtimeMillis() {
            return millis + skewMillis;
        }
    }
}
