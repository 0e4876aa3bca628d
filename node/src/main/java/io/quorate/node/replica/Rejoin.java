package io.quorate.node.replica;

import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ClusterReply;
import io.quorate.core.message.ClusterRequest.AskHorizons;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.ring.Ring;
import io.quorate.core.version.SiblingsCodec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a shard does before it serves: it finds out which of its partitions were reaped while it was away (it crashed in the midst of
 * it, or its disk is an old copy), and takes over from a replica that was there what became of every key up to then.
 *
 * <p>Without it, a deleted key would come back from here, because nobody else remembers that it was deleted.
 */
public final class Rejoin {
    private static final Logger LOG = LoggerFactory.getLogger(Rejoin.class);
    private static final int ASK_MILLIS = 250;
    private static final int PAGE = 256;
    /** The peer may be at its own start: it answers for keys only when that is done. After some ten seconds it is given up. */
    private static final int ATTEMPTS_MAX = 40;

    private static final long PAUSE_MILLIS = 250;

    private final Replica.Parts parts;
    private final Horizons horizons;
    private final IntPredicate own;
    private final int patienceMillis;
    private final Runnable done;
    private final Ring ring;

    private final Set<String> silent;
    private final SortedMap<Integer, Ahead> ahead = new TreeMap<>();
    private SortedMap<Integer, Long> reaped = new TreeMap<>();
    private boolean asking = true;

    /** A peer that has reaped a partition up to a later time than this node. */
    private record Ahead(String peer, long horizon) {}

    /**
     * Prepares it.
     *
     * @param patienceMillis how long to wait for peers that do not answer
     * @param done runs when the shard may serve
     */
    Rejoin(
            Replica.Parts parts,
            Horizons horizons,
            IntPredicate own,
            List<String> peers,
            int patienceMillis,
            Runnable done) {
        this.parts = parts;
        this.horizons = horizons;
        this.own = own;
        this.patienceMillis = patienceMillis;
        this.done = done;
        this.ring = parts.surroundings().cluster().ring();
        this.silent = new LinkedHashSet<>(peers);
    }

    public void begin() {
        horizons.read(read -> {
            reaped = read;
            parts.surroundings().scheduler().schedule(patienceMillis, this::catchUp);
            ask();
        });
    }

    private void ask() {
        if (!asking) {
            return;
        }
        if (silent.isEmpty()) {
            catchUp();
            return;
        }
        for (String peer : List.copyOf(silent)) {
            parts.surroundings().transport().call(peer, new AskHorizons(), ASK_MILLIS, this::hear);
        }
        parts.surroundings().scheduler().schedule(ASK_MILLIS / 2, this::ask);
    }

    private void hear(String peer, Reply reply) {
        if (!asking || !(reply instanceof ClusterReply.Horizons heard) || !silent.remove(peer)) {
            return;
        }
        heard.byPartition().forEach((partition, horizon) -> {
            boolean later = horizon > reaped.getOrDefault(partition, 0L);
            if (own.test(partition) && later) {
                ahead.merge(partition, new Ahead(peer, horizon), (a, b) -> a.horizon() >= b.horizon() ? a : b);
            }
        });
        if (silent.isEmpty()) {
            catchUp();
        }
    }

    private void catchUp() {
        if (!asking) {
            return;
        }
        asking = false;
        if (!ahead.isEmpty()) {
            LOG.info("{} partitions were reaped while this node was away", ahead.size());
        }
        Parallel.run(ahead.entrySet(), 4, (behind, whenDone) -> new Partition(behind, whenDone).begin(), done);
    }

    /** One partition that is behind. */
    private final class Partition {
        private final int partition;
        private final Ahead ahead;
        private final Runnable whenDone;
        private int attempts;
        private boolean whole;

        Partition(Map.Entry<Integer, Ahead> behind, Runnable whenDone) {
            this.partition = behind.getKey();
            this.ahead = behind.getValue();
            this.whenDone = whenDone;
        }

        void begin() {
            attempts++;
            whole = true;
            read(StorageKeys.data(Key.first(ring.firstToken(partition))));
        }

        private void read(Bytes from) {
            parts.surroundings()
                    .storage()
                    .range(
                            from,
                            StorageKeys.dataAfter(ring.lastToken(partition)),
                            PAGE,
                            entries -> Parallel.run(entries, PAGE, this::judge, () -> goOn(entries)));
        }

        private void goOn(List<Entry> entries) {
            if (entries.size() == PAGE) {
                read(StorageKeys.following(entries.get(entries.size() - 1).key()));
            } else if (whole) {
                parts.states().setHorizon(partition, ahead.horizon(), outcome -> whenDone.run());
            } else if (attempts < ATTEMPTS_MAX) {
                parts.surroundings().scheduler().schedule(PAUSE_MILLIS, this::begin);
            } else {
                LOG.warn(
                        "partition {} could not be taken over from {}: keys deleted meanwhile may come back from here",
                        partition,
                        ahead.peer());
                whenDone.run();
            }
        }

        private void judge(Entry entry, Runnable judged) {
            Key key = StorageKeys.toKey(entry.key());
            parts.states().load(key, held -> {
                if (held.siblings().isEmpty() || held.siblings().context().latest() > ahead.horizon()) {
                    judged.run();
                } else {
                    fetch(key, held, judged);
                }
            });
        }

        private void fetch(Key key, KeyStates.Held held, Runnable judged) {
            parts.surroundings().peer(ahead.peer()).ask(new Fetch(key, Integer.MAX_VALUE), reply -> {
                if (reply instanceof Fetched fetched) {
                    takeOver(key, held, fetched, judged);
                } else {
                    whole = false;
                    judged.run();
                }
            });
        }

        /** All that is here is older than the horizon, so the peer knew it too: what it holds now is what became of it. */
        private void takeOver(Key key, KeyStates.Held held, Fetched fetched, Runnable judged) {
            Consumer<Object> ended = outcome -> judged.run();
            if (fetched.isAbsent()) {
                parts.states().reap(key, held, ended::accept);
                return;
            }
            try {
                KeyStates.Held theirs = KeyStates.Held.of(SiblingsCodec.decode(fetched.siblings()), fetched.siblings());
                parts.states().save(key, held, theirs, List.of(), ended::accept);
            } catch (MalformedException e) {
                whole = false;
                judged.run();
            }
        }
    }
}
