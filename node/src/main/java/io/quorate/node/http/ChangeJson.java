package io.quorate.node.http;

import io.quorate.node.http.json.JsonOut;
import io.quorate.node.membership.ChangeProgress;
import io.quorate.node.membership.ChangeProgress.Copied;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The form of the change that is under way, in {@code /cluster}. */
final class ChangeJson {
    private ChangeJson() {}

    static void write(ChangeProgress change, JsonOut json) {
        json.name("change").object().field("member", change.member()).field("step", change.step());
        strings(json, "waits_for", change.waitsFor());
        strings(json, "next", change.next());
        fields(json, change.total());
        json.field("begun", Instant.ofEpochMilli(change.begunMillis()).toString());
        json.field("running_seconds", TimeUnit.MILLISECONDS.toSeconds(change.runningMillis()));
        secondsLeft(json, change.leftMillis());
        json.name("copying").object();
        change.copying().forEach((node, copied) -> {
            json.name(node).object();
            fields(json, copied);
            json.endObject();
        });
        json.endObject().endObject();
    }

    private static void fields(JsonOut json, Copied copied) {
        json.field("partitions_to_copy", copied.partitions()).field("partitions_copied", copied.copied());
    }

    private static void strings(JsonOut json, String name, List<String> texts) {
        json.name(name).array();
        texts.forEach(json::string);
        json.endArray();
    }

    /** Rounded up: what is not done takes a second at least. */
    private static void secondsLeft(JsonOut json, OptionalLong millis) {
        json.name("seconds_left");
        if (millis.isPresent()) {
            json.number((millis.getAsLong() + 999) / 1_000);
        } else {
            json.nothing();
        }
    }
}
