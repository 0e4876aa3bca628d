package io.quorate.endtoend;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A stored record that has one writer at a time, and what is known of its versions: 0 as it was loaded, then 1, 2 and so on. */
final class TrackedRecord {
    final String bucket;
    final String key;
    private final String loaded;
    private final AtomicInteger attempted = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicBoolean written = new AtomicBoolean();
    private volatile Optional<String> context = Optional.empty();

    TrackedRecord(String bucket, String key, String loaded) {
        this.bucket = bucket;
        this.key = key;
        this.loaded = loaded;
    }

    /** Whether the caller may write it, until it says that it is done. */
    boolean take() {
        return written.compareAndSet(false, true);
    }

    void release() {
        written.set(false);
    }

    /** The version that is written next. */
    int attempt() {
        return attempted.incrementAndGet();
    }

    void acknowledge(int version, String covering) {
        acknowledged.set(version);
        context = Optional.of(covering);
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** Of the latest acknowledged write, if there was one. */
    Optional<String> context() {
        return context;
    }

    String text(int version) {
        return version == 0 ? loaded : "{\"version\":" + version + ",\"record\":" + loaded + "}";
    }

    /**
     * What is wrong with an answer to a read; empty when nothing is.
     *
     * @param due the version that was acknowledged before the read began
     */
    Optional<String> complaint(Answer answer, int due) {
        if (answer.status() != 200) {
            return Optional.of(bucket + "/" + key + " at version " + due + ": " + answer);
        }
        String text = answer.raw("value");
        for (int version = attempted.get(); version >= due; version--) {
            if (text.equals(text(version))) {
                return Optional.empty();
            }
        }
        return Optional.of(bucket + "/" + key + ": version " + due + " was acknowledged before, now read " + text);
    }
}
