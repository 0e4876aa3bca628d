package io.quorate.node.http.request;

import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Ttl;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of query parameters, each parsed by the one rule it has. */
public final class Values {
    public static final String TTL_FORM = "a time like 30s, 12h or 7d, of at most " + Ttl.DAYS_MAX + " days";

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern TIMEOUT = Pattern.compile("([0-9]{1,9})(ms|s)");
    private static final int TIMEOUT_MILLIS_MAX = 60_000;
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;

    private Values() {}

    public static Optional<Quorum> n(Query query) {
        return query.find(Parameter.N).map(text -> n(text));
    }

    /** R or w. */
    public static Optional<Quorum> quorum(Query query, Parameter parameter) {
        return query.find(parameter).map(text -> quorum(parameter, text));
    }

    public static Optional<Boolean> sloppy(Query query) {
        return flag(query, Parameter.SLOPPY);
    }

    public static boolean explain(Query query) {
        return flag(query, Parameter.EXPLAIN).orElse(false);
    }

    private static Optional<Boolean> flag(Query query, Parameter parameter) {
        return query.find(parameter).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(parameter, text, "true or false");
        });
    }

    public static int timeoutMillis(Query query) {
        return query.find(Parameter.TIMEOUT).map(Values::timeoutMillis).orElse(ReadOptions.DEFAULT.timeoutMillis());
    }

    public static Optional<Ttl> ttl(Query query) {
        return query.find(Parameter.TTL)
                .map(text -> Ttl.parse(text).orElseThrow(() -> malformed(Parameter.TTL, text, TTL_FORM)));
    }

    public static ReadRepair readRepair(Query query) {
        return query.find(Parameter.READ_REPAIR)
                .map(text -> switch (text) {
                    case "async", "sync", "off" -> ReadRepair.valueOf(text.toUpperCase(Locale.ROOT));
                    default -> throw malformed(Parameter.READ_REPAIR, text, "async, sync or off");
                })
                .orElse(ReadRepair.ASYNC);
    }

    /** Keys on one page. */
    public static int limit(Query query) {
        return query.find(Parameter.LIMIT).map(Values::limit).orElse(LIMIT_DEFAULT);
    }

    private static Quorum n(String text) {
        if (text.equals("all")) {
            return Quorum.ALL;
        }
        if (WHOLE.matcher(text).matches()) {
            return count(Parameter.N, text, "the number of members");
        }
        throw malformed(Parameter.N, text, "a whole number from 1, or all");
    }

    private static Quorum quorum(Parameter parameter, String text) {
        if (WHOLE.matcher(text).matches()) {
            return count(parameter, text, "n");
        }
        return Quorum.parse(text)
                .orElseThrow(() ->
                        malformed(parameter, text, "a whole number from 1 to n, or one, quorum, all or local_quorum"));
    }

    private static Quorum count(Parameter parameter, String text, String most) {
        return Quorum.parse(text)
                .orElseThrow(() -> new Refusal(Problem.invalidQuorum("The parameter '" + parameter.label() + "' is "
                        + text + "; it must be from 1 to " + most + ".")));
    }

    private static int timeoutMillis(String text) {
        Matcher matcher = TIMEOUT.matcher(text);
        if (matcher.matches()) {
            long millis = Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("s") ? 1_000 : 1);
            if (millis >= 1 && millis <= TIMEOUT_MILLIS_MAX) {
                return (int) millis;
            }
        }
        throw malformed(Parameter.TIMEOUT, text, "1ms to 60s, like 250ms or 2s");
    }

    private static int limit(String text) {
        if (WHOLE.matcher(text).matches()) {
            long limit = Long.parseLong(text);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return (int) limit;
            }
        }
        throw malformed(Parameter.LIMIT, text, "a whole number from 1 to " + LIMIT_MAX);
    }

    private static Refusal malformed(Parameter parameter, String text, String allowed) {
        return new Refusal(Problem.invalidParameter(
                        "The parameter '" + parameter.label() + "' is '" + text + "'; it must be " + allowed + ".")
                .with(json -> json.field("parameter", parameter.label())));
    }

    /** The writes that a token names. */
    public static Context seen(Parameter parameter, String token, Key key) {
        try {
            return ContextCodec.fromToken(token, key);
        } catch (MalformedException e) {
            throw new Refusal(Problem.invalidContext("The " + parameter.label() + " is " + e.getMessage()
                    + "; send the context of an earlier answer about this key, unchanged."));
        }
    }

    /** The group of keys that a tag names. */
    public static Group group(String bucket, String tag, int keyBytesMax) {
        if (tag.isEmpty() || tag.indexOf('}') >= 0) {
            throw malformed(
                    Parameter.TAG, tag, "what stands between { and } in the keys of the group, and so not empty");
        }
        KeyPath.named(bucket, "{" + tag + "}", keyBytesMax);
        return new Group(bucket, tag);
    }

    /** What a read must reflect; empty when the client does not say. */
    public static Context atLeast(Query query, Key key) {
        return query.find(Parameter.AT_LEAST)
                .map(token -> seen(Parameter.AT_LEAST, token, key))
                .orElse(Context.EMPTY);
    }
}
