package io.quorate.node.storage.segment;

import io.quorate.core.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Reads many key files as one, in order of key, and of each key only the newest entry. For one thread. */
public final class KeyMerge implements Closeable {
    // Of one record and its copy, the readable one counts, and then the copy.
    private static final Comparator<Head> ORDER = Comparator.<Head, Bytes>comparing(head -> head.entry.key())
            .thenComparing(head -> head.entry.sequence(), Comparator.reverseOrder())
            .thenComparing(head -> head.entry.isDamaged())
            .thenComparing(head -> head.reader.segment().number(), Comparator.reverseOrder());

    private final List<KeyFileReader> readers = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(ORDER);

    /** The newest entry of a key, and the segment that it is in. */
    public record Newest(Segment segment, KeyEntry entry) {}

    /** Merges the key files of these segments. */
    public static KeyMerge open(Disk disk, Iterable<Segment> segments) throws IOException {
        KeyMerge merge = new KeyMerge();
        try {
            for (Segment segment : segments) {
                KeyFileReader reader = KeyFileReader.open(disk, segment);
                merge.readers.add(reader);
                merge.advance(new Head(reader));
            }
            return merge;
        } catch (IOException e) {
            merge.close();
            throw e;
        }
    }

    /** The next key's newest entry, which may be a removal; empty behind the last key. */
    public Optional<Newest> next() throws IOException {
        Head winner = heads.poll();
        if (winner == null) {
            return Optional.empty();
        }
        Newest newest = new Newest(winner.reader.segment(), winner.entry);
        advance(winner);
        while (!heads.isEmpty() && heads.peek().entry.key().equals(newest.entry.key())) {
            advance(heads.poll());
        }
        return Optional.of(newest);
    }

    @Override
    public void close() throws IOException {
        for (KeyFileReader reader : readers) {
            reader.close();
        }
    }

    private void advance(Head head) throws IOException {
        Optional<KeyEntry> next = head.reader.next();
        if (next.isPresent()) {
            head.entry = next.get();
            heads.add(head);
        }
    }

    /** A key file and its foremost entry. */
    private static final class Head {
        private final KeyFileReader reader;
        private KeyEntry entry;

        Head(KeyFileReader reader) {
            this.reader = reader;
        }
    }
}
