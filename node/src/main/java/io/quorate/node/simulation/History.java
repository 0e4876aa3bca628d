package io.quorate.node.simulation;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.core.Key;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The oracle: every write with its full causal past, and what must follow for every answer.
 *
 * <p>It knows nothing of dots and contexts, only which writes a client had been shown when it wrote.
 */
final class History {
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<RequestId, Attempt> byRequest = new LinkedHashMap<>();

    private final boolean reaped;

    /**
     * An empty history.
     *
     * @param reaped whether deleted keys may be gone without a trace
     */
    History(boolean reaped) {
        this.reaped = reaped;
    }

    Attempt attempt(Key key, boolean delete, BitSet past) {
        Attempt attempt = new Attempt(attempts.size(), key, delete, past);
        attempts.add(attempt);
        byRequest.put(RequestId.ofIdempotencyKey(key, attempt.idempotencyKey()), attempt);
        return attempt;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /** The writes that an answer shows, and all that they had seen. */
    BitSet seenIn(Key key, ReadAnswer answer) {
        BitSet seen = new BitSet();
        for (Sibling version : answer.versions()) {
            Attempt shown = identify(key, version);
            seen.or(shown.past);
            seen.set(shown.id);
        }
        return seen;
    }

    /** Ids of the acknowledged writes of a key, as things stand now. */
    BitSet acknowledged(Key key, boolean strictlyOnly) {
        BitSet ids = new BitSet();
        for (Attempt attempt : attempts) {
            if (attempt.key.equals(key) && attempt.acknowledged && (attempt.acknowledgedStrictly || !strictlyOnly)) {
                ids.set(attempt.id);
            }
        }
        return ids;
    }

    /** Whether an answer shows these writes, or what replaced them. */
    boolean shows(Key key, BitSet due, ReadAnswer answer) {
        BitSet missing = (BitSet) due.clone();
        missing.andNot(seenIn(key, answer));
        return missing.isEmpty();
    }

    /** Fails when a write of {@code due} is neither shown nor replaced by a shown write that had seen it. */
    void requireNoneMissing(Key key, BitSet due, ReadAnswer answer, String where) {
        BitSet missing = (BitSet) due.clone();
        missing.andNot(seenIn(key, answer));
        if (reaped) {
            leaveOutReaped(missing, answer);
        }
        if (!missing.isEmpty()) {
            throw new ViolationException(where + " lost acknowledged writes " + missing + " of " + key + "; it shows "
                    + answer.versions().stream()
                            .map(version -> identify(key, version).toString())
                            .toList());
        }
    }

    /**
     * Deletes that are old enough leave nothing behind, nor does what they had seen. But what they had seen must not be shown
     * any more: then it came back.
     */
    private void leaveOutReaped(BitSet missing, ReadAnswer answer) {
        BitSet gone = new BitSet();
        missing.stream()
                .mapToObj(attempts::get)
                .filter(attempt -> attempt.delete)
                .forEach(attempt -> {
                    gone.or(attempt.past);
                    gone.set(attempt.id);
                });
        for (Attempt attempt : attempts) {
            if (attempt.delete && attempt.past.intersects(missing)) {
                gone.or(attempt.past);
            }
        }
        missing.stream()
                .mapToObj(attempts::get)
                .filter(attempt -> attempt.delete)
                .forEach(attempt -> {
                    for (Sibling version : answer.versions()) {
                        if (attempt.past.get(identify(attempt.key, version).id)) {
                            throw new ViolationException(version.dot() + " came back after " + attempt);
                        }
                    }
                });
        missing.andNot(gone);
    }

    private Attempt identify(Key key, Sibling version) {
        Attempt byId = byRequest.get(version.request());
        if (byId != null) {
            return byId;
        }
        throw new ViolationException("a version of " + key + " that nobody wrote: " + version.dot());
    }
}
