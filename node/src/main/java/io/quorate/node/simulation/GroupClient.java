package io.quorate.node.simulation;

import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.coordinator.api.GroupWrite;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.version.Context;
import io.quorate.node.simulation.GroupHistory.Posted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A client that reads groups, and writes one or some of their keys through whatever node it is given, with what it has seen or blindly.
 * Clients hear at once of what others were told, so each write is an answer to all that was acknowledged before.
 */
final class GroupClient {
    private static final int KEYS = 6;
    private static final int TOGETHER_MAX = 4;

    private final GroupHistory history;
    private final List<Group> groups;
    private final RandomGenerator random;
    private final Map<Key, Knowledge> known = new LinkedHashMap<>();
    private int begun;
    private int reads;

    GroupClient(GroupHistory history, List<Group> groups, RandomGenerator random) {
        this.history = history;
        this.groups = groups;
        this.random = random;
    }

    /** A token, and the writes that its holder was truly shown. */
    private record Knowledge(Context token, BitSet seen) {
        static final Knowledge NONE = new Knowledge(Context.EMPTY, new BitSet());
    }

    static List<Key> keys(Group group) {
        return IntStream.range(0, KEYS)
                .mapToObj(i -> Key.of(group.bucket(), "{" + group.tag() + "}" + i))
                .toList();
    }

    int reads() {
        return reads;
    }

    /** Does one random thing; {@code another} gives a node for a retry. */
    void act(Coordinator node, Consumer<Consumer<Coordinator>> another) {
        Group group = groups.get(random.nextInt(groups.size()));
        if (random.nextInt(100) < 60) {
            node.readGroup(group, ReadOptions.DEFAULT.withTimeoutMillis(timeoutMillis()), this::onRead);
        } else {
            write(node, group, another);
        }
    }

    private void onRead(Result<GroupAnswer> result) {
        if (result instanceof Result.Done<GroupAnswer> done) {
            reads++;
            history.requirePrefix(done.answer());
            for (GroupAnswer.Entry entry : done.answer().entries()) {
                known.put(entry.key(), new Knowledge(entry.read().context(), history.seenIn(entry)));
            }
        }
    }

    private void write(Coordinator node, Group group, Consumer<Consumer<Coordinator>> another) {
        List<Key> keys = new ArrayList<>(keys(group));
        int count = random.nextBoolean() ? 1 : 1 + random.nextInt(TOGETHER_MAX);
        while (keys.size() > count) {
            keys.remove(random.nextInt(keys.size()));
        }
        List<Posted> posted = new ArrayList<>();
        List<GroupWrite> writes = new ArrayList<>();
        for (Key key : keys) {
            Knowledge basis = random.nextInt(100) < 15 ? Knowledge.NONE : known.getOrDefault(key, Knowledge.NONE);
            Posted each = history.issue(key, basis.seen());
            posted.add(each);
            writes.add(new GroupWrite(key, Optional.of(each.value()), basis.token()));
        }
        WriteOptions options = WriteOptions.DEFAULT
                .withTimeoutMillis(timeoutMillis())
                .withIdempotencyKey("post-" + posted.get(0).id + "-" + begun++);
        send(node, new Sending(posted, writes, options), another);
    }

    /** Writes that are sent until somebody acknowledges them, or their client gives up. */
    private record Sending(List<Posted> posted, List<GroupWrite> writes, WriteOptions options) {}

    private void send(Coordinator node, Sending sending, Consumer<Consumer<Coordinator>> another) {
        boolean retries = random.nextInt(100) < 50;
        Consumer<Result<List<WriteAnswer>>> done = result -> {
            if (result instanceof Result.Done<List<WriteAnswer>> written) {
                onWritten(sending.posted(), written.answer());
            } else if (retries) {
                another.accept(next -> send(next, sending, another));
            }
        };
        if (sending.writes().size() > 1) {
            node.writeGroup(sending.writes(), sending.options(), done);
        } else {
            GroupWrite only = sending.writes().get(0);
            node.put(
                    only.key(),
                    only.value().orElseThrow(),
                    sending.options().withContext(only.seen()),
                    result -> done.accept(
                            result instanceof Result.Done<WriteAnswer> written
                                    ? new Result.Done<>(List.of(written.answer()))
                                    : ((Result.Failed<WriteAnswer>) result).ofWhole()));
        }
    }

    private void onWritten(List<Posted> posted, List<WriteAnswer> answers) {
        for (int i = 0; i < posted.size(); i++) {
            Posted each = posted.get(i);
            each.acknowledged = true;
            BitSet seen = (BitSet) each.past.clone();
            seen.set(each.id);
            known.put(each.key, new Knowledge(answers.get(i).context(), seen));
        }
    }

    private int timeoutMillis() {
        return random.nextInt(100) < 20 ? 50 + random.nextInt(300) : 2_000;
    }
}
