package io.quorate.coordinator.operation;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** The replies of one partition's replicas to one question for keys, and the page that follows from them. */
final class ListRound {
    private final Tally tally;
    private final List<Listed> pages = new ArrayList<>();

    ListRound(Electorate replicas) {
        tally = new Tally(List.of(replicas));
    }

    /** Names up to {@code last}, beyond which a replica that cut its answer short might know more; none when all is told. */
    record Page(List<String> names, Optional<Bytes> last) {}

    void sent(String node) {
        tally.sent(node, Optional.empty());
    }

    void add(String node, Listed listed) {
        if (!tally.hasAcknowledged(node)) {
            tally.acknowledged(node);
            pages.add(listed);
        }
    }

    void failed(String node, String reason) {
        tally.failed(node, reason);
    }

    Tally.Decision decide() {
        return tally.decide();
    }

    SortedMap<String, String> failures() {
        return tally.failures(Reasons.TIMEOUT);
    }

    Page page(String bucket, int limit) {
        Optional<Bytes> end =
                pages.stream().filter(Listed::more).map(Listed::last).min(Bytes::compareTo);
        TreeSet<Key> keys = new TreeSet<>();
        for (Listed listed : pages) {
            for (String name : listed.names()) {
                Key key = Key.of(bucket, name);
                if (end.isEmpty() || key.encoded().compareTo(end.get()) <= 0) {
                    keys.add(key);
                }
            }
        }
        List<Key> shown = keys.stream().limit(limit).toList();
        boolean cut = shown.size() < keys.size();
        Optional<Bytes> last = cut ? Optional.of(shown.get(shown.size() - 1).encoded()) : end;
        return new Page(shown.stream().map(Key::name).toList(), last);
    }
}
