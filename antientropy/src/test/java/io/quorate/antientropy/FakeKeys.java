package io.quorate.antientropy;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store in memory that answers when it is told to, from what it holds then or held when it was asked. */
final class FakeKeys implements ReplicaKeys {
    private final NavigableMap<Bytes, KeyState> states = new TreeMap<>();
    private final Deque<Question> asked = new ArrayDeque<>();

    private record Question(
            long firstToken, long lastToken, Bytes after, int limit, Listing then, Consumer<Listing> done) {}

    KeyState get(Key key) {
        return states.getOrDefault(key.encoded(), KeyState.ABSENT);
    }

    /** Returns what it held before. */
    KeyState set(Key key, KeyState state) {
        KeyState before = get(key);
        if (state.isPresent()) {
            states.put(key.encoded(), state);
        } else {
            states.remove(key.encoded());
        }
        return before;
    }

    boolean isAsked() {
        return !asked.isEmpty();
    }

    void answer(boolean asOfNow) {
        Question question = asked.poll();
        question.done()
                .accept(
                        asOfNow
                                ? page(question.firstToken(), question.lastToken(), question.after(), question.limit())
                                : question.then());
    }

    void answerAll() {
        while (isAsked()) {
            answer(true);
        }
    }

    @Override
    public void list(long firstToken, long lastToken, Bytes after, int limit, Consumer<Listing> done) {
        int few = Math.min(limit, 50);
        asked.add(new Question(firstToken, lastToken, after, few, page(firstToken, lastToken, after, few), done));
    }

    private Listing page(long firstToken, long lastToken, Bytes after, int limit) {
        List<KeyEntry> page = new ArrayList<>();
        for (Map.Entry<Bytes, KeyState> entry : states.tailMap(after, false).entrySet()) {
            long token = Key.tokenOf(entry.getKey());
            if (Long.compareUnsigned(token, firstToken) >= 0 && Long.compareUnsigned(token, lastToken) <= 0) {
                if (page.size() == limit) {
                    return new Listing(page, true);
                }
                page.add(new KeyEntry(entry.getKey(), entry.getValue()));
            }
        }
        return new Listing(page, false);
    }

    @Override
    public void load(Key key, Consumer<Bytes> done) {
        throw new AssertionError("building trees reads no states");
    }

    @Override
    public void merge(Key key, Bytes siblings, Consumer<Boolean> done) {
        throw new AssertionError("building trees merges nothing");
    }

    @Override
    public void owesAny(long firstToken, long lastToken, Consumer<Boolean> done) {
        throw new AssertionError("building trees asks for no debts");
    }

    @Override
    public void reap(int partition, long horizon, List<KeyDigest> tombstones, Consumer<Boolean> done) {
        throw new AssertionError("building trees reaps nothing");
    }
}
