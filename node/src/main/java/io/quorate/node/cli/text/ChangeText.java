package io.quorate.node.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The change of members that is under way, as a sentence. */
public final class ChangeText {
    private static final int SECONDS_A_MINUTE = 60;

    private ChangeText() {}

    /** Of the field {@code change} of {@code /cluster}. A node of an older release tells less. */
    public static String of(JsonNode change) {
        List<String> parts = new ArrayList<>();
        String head =
                change.path("member").asText() + " is " + change.path("step").asText();
        int all = change.path("partitions_to_copy").asInt();
        if (all > 0) {
            int copied = change.path("partitions_copied").asInt();
            head += ": " + copied + " of " + all + " partitions copied (" + 100L * copied / all + " %)";
        }
        parts.add(head);
        if (change.has("running_seconds")) {
            parts.add("running for " + time(change.path("running_seconds").asLong()));
        }
        if (change.has("seconds_left")) {
            parts.add(left(change.path("seconds_left")));
        }
        names(parts, "waits for ", change.path("waits_for"));
        names(parts, "then ", change.path("next"));
        return String.join("; ", parts);
    }

    private static String left(JsonNode seconds) {
        if (seconds.isNull()) {
            return "time left not known yet";
        }
        return seconds.asLong() == 0 ? "all is copied" : "about " + time(seconds.asLong()) + " left";
    }

    private static void names(List<String> parts, String before, JsonNode ids) {
        List<String> names = new ArrayList<>();
        ids.forEach(id -> names.add(id.asText()));
        if (!names.isEmpty()) {
            parts.add(before + String.join(", ", names));
        }
    }

    private static String time(long seconds) {
        return seconds < SECONDS_A_MINUTE
                ? seconds + " s"
                : seconds / SECONDS_A_MINUTE + " min " + seconds % SECONDS_A_MINUTE + " s";
    }
}
