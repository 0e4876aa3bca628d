package io.quorate.node.http;

import io.quorate.coordinator.api.Explanation;
import io.quorate.coordinator.api.Explanation.Asked;
import io.quorate.coordinator.api.Explanation.Merge;
import io.quorate.coordinator.api.Explanation.Promise;
import io.quorate.coordinator.api.Explanation.Said;
import io.quorate.core.Bytes;
import io.quorate.node.http.json.JsonOut;
import java.util.HexFormat;
import java.util.Locale;

/** The {@code explain} object of an answer. */
final class Explanations {
    private Explanations() {}

    static void write(JsonOut json, Explanation explanation) {
        json.name("explain").object().field("partition", explanation.partition());
        json.name("preference").array();
        explanation.preference().forEach(json::string);
        json.endArray().name("nodes").array();
        explanation.asked().forEach(asked -> asked(json, asked));
        json.endArray();
        if (!explanation.notAsked().isEmpty()) {
            json.name("not_asked").object();
            explanation.notAsked().forEach((node, why) -> json.field(node, why));
            json.endObject();
        }
        explanation.merge().ifPresent(merge -> merge(json, merge));
        if (!explanation.owed().isEmpty()) {
            json.name("owed").array();
            explanation
                    .owed()
                    .forEach(owed -> json.object()
                            .field("to", owed.to())
                            .field("held_by", owed.heldBy())
                            .endObject());
            json.endArray();
        }
        promise(json, explanation.promise());
        json.endObject();
    }

    private static void asked(JsonOut json, Asked asked) {
        json.object().field("node", asked.node()).field("role", asked.primary() ? "primary" : "fallback");
        asked.hintFor().ifPresent(primary -> json.field("hint_for", primary));
        millis(json.name("asked_ms"), asked.micros());
        if (asked.said().isEmpty()) {
            json.field("silent", true);
        } else {
            json.name("said").array();
            asked.said().forEach(said -> said(json, said));
            json.endArray();
        }
        json.endObject();
    }

    private static void said(JsonOut json, Said said) {
        millis(json.object().name("ms"), said.micros());
        json.field("outcome", said.outcome());
        said.digest().ifPresent(digest -> json.field("digest", HexFormat.of().toHexDigits(digest)));
        json.endObject();
    }

    private static void merge(JsonOut json, Merge merge) {
        json.name("merged").object().field("states", merge.states());
        json.name("lacking").object();
        merge.lacking().forEach((node, what) -> json.field(node, what));
        json.endObject();
        json.field("read_repair", merge.repair().name().toLowerCase(Locale.ROOT))
                .endObject();
    }

    private static void promise(JsonOut json, Promise promise) {
        json.name("promise").object();
        json.field("n", promise.n()).field("r", promise.r()).field("w", promise.w());
        json.field("sloppy", promise.sloppy()).field("overlap", promise.overlap());
        json.field("staleness", staleness(promise)).endObject();
    }

    private static String staleness(Promise promise) {
        String numbers = "r=" + promise.r() + " and w=" + promise.w() + " of n=" + promise.n();
        if (!promise.overlap()) {
            return "a read may miss acknowledged writes: " + numbers
                    + " need have no replica in common; raise r or w, or read with at_least";
        }
        if (promise.sloppy()) {
            return "a read may miss a write only while fallbacks stand in for replicas of the key; otherwise " + numbers
                    + " have a replica in common";
        }
        return "a read misses no acknowledged write: " + numbers + " have a replica in common";
    }

    /** With three digits: within one machine most of it happens in less than one. */
    private static void millis(JsonOut json, long micros) {
        json.raw(Bytes.utf8(String.format(Locale.ROOT, "%d.%03d", micros / 1_000, micros % 1_000)));
    }
}
