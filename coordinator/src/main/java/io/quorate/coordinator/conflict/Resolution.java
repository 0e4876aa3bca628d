package io.quorate.coordinator.conflict;

import io.quorate.coordinator.api.TypedView;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.datatype.KeyContent;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a bucket's policy to the siblings of a key.
 *
 * <p>The result depends on the set of versions alone, neither on their order nor on how replicas came to hold them. A value that is
 * made of several has the dot of the latest of them. A delete gives way to a value that did not know of it, where values are merged.
 */
public final class Resolution {
    /** Without an application: buckets with the policy {@code custom} show siblings. */
    public static final Resolution STANDARD = new Resolution(bucket -> Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(Resolution.class);

    private final Function<String, Optional<ConflictResolver>> custom;

    /**
     * A resolution with the application's own resolvers.
     *
     * @param custom the resolver of a bucket, if it has one
     */
    public Resolution(Function<String, Optional<ConflictResolver>> custom) {
        this.custom = custom;
    }

    /**
     * What a reader is shown.
     *
     * @param versions one where the policy can decide or merge, else the distinct ones
     * @param typed more of it when it is one value of a data type
     */
    public record Shown(List<Sibling> versions, Optional<TypedView> typed) {}

    /** Values of a data type are merged by their type, whatever the policy; what else there is, by the policy. */
    public Shown resolve(Key key, ConflictRule rule, Siblings merged) {
        if (!KeyContent.isTyped(merged)) {
            // Of two dots of one request, that one counts which the policy prefers.
            return new Shown(
                    rule.winner(merged.versions()).map(List::of).orElseGet(() -> resolve(key, rule, merged.distinct())),
                    Optional.empty());
        }
        KeyContent content = KeyContent.of(merged);
        return new Shown(resolve(key, rule, content.shown()), content.only().map(TypedView::of));
    }

    private List<Sibling> resolve(Key key, ConflictRule rule, List<Sibling> versions) {
        if (versions.size() < 2) {
            return versions;
        }
        return switch (rule.policy()) {
            case SIBLINGS -> withoutExpired(versions);
            case LAST_WRITE_WINS, PRIORITY -> rule.winner(versions).stream().toList();
            case UNION -> merge(versions, Union::of);
            case MAX -> merge(versions, values -> Extreme.of(values, Extreme.GREATEST));
            case MIN -> merge(versions, values -> Extreme.of(values, Extreme.SMALLEST));
            case THREE_WAY -> mergeFields(withoutExpired(versions));
            case CUSTOM ->
                custom.apply(key.bucket())
                        .map(resolver -> merge(versions, values -> ask(resolver, key, values)))
                        .orElseGet(() -> withoutExpired(versions));
        };
    }

    /** A value whose time has run out is nothing that anybody would have to reconcile with another. */
    private static List<Sibling> withoutExpired(List<Sibling> versions) {
        List<Sibling> lasting =
                versions.stream().filter(version -> !version.isExpired()).toList();
        return lasting.isEmpty() ? List.of(latest(versions)) : lasting;
    }

    /** One version made of the live ones, or all of them when that cannot be. */
    private static List<Sibling> merge(List<Sibling> versions, Function<List<Sibling>, Optional<Sibling>> policy) {
        List<Sibling> live =
                versions.stream().filter(version -> !version.isTombstone()).toList();
        if (live.isEmpty()) {
            return List.of(latest(versions));
        }
        if (live.size() == 1) {
            return live;
        }
        return policy.apply(live).map(List::of).orElseGet(() -> withoutExpired(versions));
    }

    /** A delete beside a change that it did not know of is a conflict here, for it is one of every field. */
    private static List<Sibling> mergeFields(List<Sibling> versions) {
        return versions.size() < 2
                ? versions
                : Lineage.merge(versions)
                        .map(value -> List.of(latest(versions).withValue(value)))
                        .orElse(versions);
    }

    private static Optional<Sibling> ask(ConflictResolver resolver, Key key, List<Sibling> live) {
        List<String> values = live.stream()
                .map(version -> version.value().orElseThrow().toUtf8())
                .toList();
        try {
            return resolver.resolve(key, values).map(value -> latest(live).withValue(Bytes.utf8(value)));
        } catch (RuntimeException e) {
            LOG.warn("The resolver of bucket {} failed: its siblings are shown", key.bucket(), e);
            return Optional.empty();
        }
    }

    static Sibling latest(List<Sibling> versions) {
        return versions.stream().max((a, b) -> a.dot().compareByTime(b.dot())).orElseThrow();
    }
}
