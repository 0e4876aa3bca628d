package io.quorate.node.http;

import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Sibling;
import io.quorate.node.http.json.JsonOut;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** How answers show which write a value is. */
final class Versions {
    private static final int MILLIS_DIGITS = 3;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendInstant(MILLIS_DIGITS)
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private Versions() {}

    /** The fields of a version, into the object that is open. */
    static JsonOut fields(JsonOut json, Dot dot) {
        return json.field("dot", dot.toString()).field("time", time(dot));
    }

    static void version(JsonOut json, Dot dot) {
        fields(json.name("version").object(), dot).endObject();
    }

    /** One of several values: the value or that it is deleted, and its version. */
    static void sibling(JsonOut json, Sibling sibling) {
        json.object();
        sibling.value().ifPresentOrElse(value -> json.name("value").raw(value), () -> json.field("deleted", true));
        version(json, sibling.dot());
        json.endObject();
    }

    /** ISO 8601 in UTC, always with three digits of milliseconds, so that texts sort as times do. */
    private static String time(Dot dot) {
        return TIME.format(Instant.ofEpochMilli(HybridTime.toMillis(dot.counter())));
    }
}
