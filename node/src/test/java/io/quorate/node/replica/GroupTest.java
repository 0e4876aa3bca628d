package io.quorate.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.antientropy.KeyTrees;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.FetchedGroup;
import io.quorate.core.message.ReplicaReply.StampedAll;
import io.quorate.core.message.ReplicaReply.State;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.FetchGroup;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.MergeAll;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.ReplicaRequest.StampAll;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Storage;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What one replica does with the keys of a group: all or nothing, and at one moment. */
final class GroupTest {
    private static final Group GROUP = new Group("b", "t");
    private static final Key QUESTION = Key.of("b", "{t}question");
    private static final Key ANSWER = Key.of("b", "{t}answer");
    private static final Ring RING = Ring.of(new Members("c", 1, 1, List.of(new Member("n1", "", "", "", 1))));

    private final MapStorage storage = new MapStorage();
    private final Replica replica = replica(storage);
    private int requests;

    @Test
    void severalWritesAreOneBatch() {
        List<Reply> replies = ask(new StampAll(List.of(stamp(QUESTION), stamp(ANSWER))));

        assertThat(replies).hasSize(2).last().isInstanceOf(Durable.class);
        assertThat(((StampedAll) replies.get(0)).all()).hasSize(2);
        assertThat(storage.batches).hasSize(1);
        assertThat(keys(fetch())).containsExactlyInAnyOrder(QUESTION, ANSWER);
    }

    @Test
    void whatIsRefusedOfOneIsDoneOfNone() {
        for (int i = 0; i < StampHandler.SIBLINGS_MAX; i++) {
            ask(stamp(ANSWER));
        }
        storage.batches.clear();

        List<Reply> replies = ask(new StampAll(List.of(stamp(QUESTION), stamp(ANSWER))));

        assertThat(replies).singleElement().isEqualTo(Refusals.FULL);
        assertThat(storage.batches).isEmpty();
        assertThat(keys(fetch())).containsExactly(ANSWER);
    }

    @Test
    void aRetryChangesNothing() {
        StampAll request = new StampAll(List.of(stamp(QUESTION), stamp(ANSWER)));
        List<Reply> first = ask(request);
        FetchedGroup before = fetch();

        assertThat(ask(request)).isEqualTo(first);
        assertThat(fetch()).isEqualTo(before);
    }

    @Test
    void statesFromAnotherReplicaAreOneBatchToo() {
        MapStorage other = new MapStorage();
        List<Reply> replies = new ArrayList<>();
        replica(other).handle(new StampAll(List.of(stamp(QUESTION), stamp(ANSWER))), replies::add);
        StampedAll stamped = (StampedAll) replies.get(0);

        assertThat(ask(new MergeAll(List.of(
                        new Merge(QUESTION, stamped.all().get(0).siblings(), List.of()),
                        new Merge(ANSWER, stamped.all().get(1).siblings(), List.of())))))
                .singleElement()
                .isInstanceOf(Durable.class);
        assertThat(storage.batches).hasSize(1);
        assertThat(storage.values).isEqualTo(other.values);
    }

    @Test
    void aMalformedStateIsMergedWithNone() {
        ask(stamp(QUESTION));
        storage.batches.clear();
        Bytes good = fetch().states().get(0).siblings();

        assertThat(ask(new MergeAll(
                        List.of(new Merge(QUESTION, good, List.of()), new Merge(ANSWER, Bytes.utf8("?"), List.of())))))
                .singleElement()
                .isEqualTo(Refusals.MALFORMED);
        assertThat(storage.batches).isEmpty();
    }

    /** Question and answer are written after the keys were listed and before their values are read. */
    @Test
    void aGroupIsToldAsItIsAtOneMoment() {
        ask(stamp(ANSWER));
        storage.afterListing = Optional.of(() -> {
            ask(stamp(QUESTION));
            ask(stamp(ANSWER));
        });

        FetchedGroup fetched = fetch();

        assertThat(keys(fetched)).containsExactlyInAnyOrder(QUESTION, ANSWER);
        assertThat(fetched.states())
                .filteredOn(state -> state.key().equals(ANSWER))
                .singleElement()
                .satisfies(state -> assertThat(
                                SiblingsCodec.decode(state.siblings()).versions())
                        .hasSize(2));
    }

    @Test
    void aGroupThatChangesForEverIsRefused() {
        ask(stamp(ANSWER));
        storage.eachListing = () -> ask(new Stamp(
                ANSWER,
                SiblingsCodec.decode(storage.values.get(StorageKeys.data(ANSWER)))
                        .context(),
                Optional.of(Bytes.utf8("1")),
                0,
                new RequestId(1, requests++),
                false,
                1,
                ConflictRule.SIBLINGS,
                List.of()));

        assertThat(ask(new FetchGroup(GROUP))).singleElement().isEqualTo(Refusals.CHANGING);
    }

    @Test
    void otherKeysAreNotOfTheGroup() {
        ask(stamp(Key.of("b", "t")));
        ask(stamp(Key.of("b", "{u}question")));

        assertThat(fetch().states()).isEmpty();
    }

    @Test
    void aGroupOfTooManyKeysIsRefused() {
        Siblings state = Siblings.EMPTY;
        Bytes encoded = SiblingsCodec.encode(state);
        for (int i = 0; i <= FetchGroupHandler.KEYS_MAX; i++) {
            storage.values.put(StorageKeys.data(Key.of("b", "{t}" + i)), encoded);
        }

        assertThat(ask(new FetchGroup(GROUP)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.GROUP_TOO_LARGE));
    }

    private FetchedGroup fetch() {
        return (FetchedGroup) ask(new FetchGroup(GROUP)).get(0);
    }

    private static List<Key> keys(FetchedGroup fetched) {
        return fetched.states().stream().map(State::key).toList();
    }

    private List<Reply> ask(ReplicaRequest request) {
        List<Reply> replies = new ArrayList<>();
        replica.handle(request, replies::add);
        storage.commit();
        return replies;
    }

    private Stamp stamp(Key key) {
        return new Stamp(
                key,
                Context.EMPTY,
                Optional.of(Bytes.utf8("1")),
                0,
                new RequestId(0, requests++),
                true,
                1,
                ConflictRule.SIBLINGS,
                List.of());
    }

    private static Replica replica(Storage storage) {
        HybridClock clock = new HybridClock(new StoppedClock(), 0, 0, 60_000);
        Identity identity = new Identity(new Actor("n1", 1), 0, clock, new SplittableRandom(1));
        // Neither calls anybody nor waits for anything: transport and scheduler are not used.
        return new Replica(
                new Replica.Surroundings(storage, null, null, new StableCluster(RING, "n1")),
                new KeyTrees(RING, List.of(0)),
                clock,
                identity,
                new Replica.Limits(10, 10));
    }

    /** A store in memory that answers reads inside the call, writes at a commit, and lets a test act around a listing. */
    private static final class MapStorage implements Storage {
        final TreeMap<Bytes, Bytes> values = new TreeMap<>();
        final List<List<Change>> batches = new ArrayList<>();
        Optional<Runnable> afterListing = Optional.empty();
        Runnable eachListing = () -> {};
        private final List<Runnable> waiting = new ArrayList<>();

        void commit() {
            List<Runnable> ended = List.copyOf(waiting);
            waiting.clear();
            ended.forEach(Runnable::run);
        }

        @Override
        public void get(Bytes key, Consumer<Stored> done) {
            Bytes value = values.get(key);
            done.accept(value == null ? Stored.ABSENT : new Stored.Present(value));
        }

        @Override
        public void range(Bytes from, Bytes to, int limit, Consumer<List<Entry>> done) {
            eachListing.run();
            List<Entry> listed = values.subMap(from, to).entrySet().stream()
                    .limit(limit)
                    .map(entry -> new Entry(
                            entry.getKey(),
                            Hash.of(entry.getValue()),
                            entry.getValue().length(),
                            0))
                    .toList();
            Optional<Runnable> once = afterListing;
            afterListing = Optional.empty();
            once.ifPresent(Runnable::run);
            eachListing.run();
            done.accept(listed);
        }

        @Override
        public void apply(List<Change> batch, Consumer<Outcome> done) {
            batches.add(batch);
            for (Change change : batch) {
                if (change.value().isPresent()) {
                    values.put(change.key(), change.value().get());
                } else {
                    values.remove(change.key());
                }
            }
            waiting.add(() -> done.accept(Outcome.DURABLE));
        }

        @Override
        public void onDamage(Consumer<Entry> listener) {
            // Nothing rots.
        }
    }
}
