package io.quorate.core.datatype;

import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.Comparator;
import java.util.List;

/**
 * What time makes of a state: a value whose time has run out gives way to what else there is; the last of them becomes a tombstone.
 *
 * <p>It keeps its dot, so whoever merges it with the value drops the value, and no clock is asked again. Versions of a data type are
 * one value, which stays as long as the longest of them. Where the policy chose a version over the others, and that one has expired,
 * the others do not come back.
 */
public final class Expiry {
    private static final Comparator<Sibling> LAST_TO_EXPIRE =
            Comparator.comparing(Sibling::expiresMillis).thenComparing(Sibling::dot);

    private Expiry() {}

    /** The state as of a time; the same one when nothing of it has expired by then. */
    public static Siblings at(long nowMillis, ConflictRule rule, Siblings state) {
        List<Sibling> versions = state.versions();
        if (versions.stream().noneMatch(version -> version.expiresMillis() <= nowMillis)) {
            return state;
        }
        long typedUntil = versions.stream()
                .filter(KeyContent::isTyped)
                .mapToLong(Sibling::expiresMillis)
                .max()
                .orElse(nowMillis);
        List<Sibling> expired = versions.stream()
                .filter(version -> version.expiresMillis() <= nowMillis)
                .filter(version -> !KeyContent.isTyped(version) || typedUntil <= nowMillis)
                .toList();
        boolean allGone = expired.size() == versions.size()
                || rule.winner(versions).filter(expired::contains).isPresent();
        if (allGone) {
            Sibling last = rule.winner(versions)
                    .orElseGet(() -> expired.stream().max(LAST_TO_EXPIRE).orElseThrow());
            return state.withVersions(List.of(last.expired()));
        }
        return state.withVersions(
                versions.stream().filter(version -> !expired.contains(version)).toList());
    }
}
