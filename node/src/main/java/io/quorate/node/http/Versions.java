package io.quorate.node.http;

import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Sibling;
import io.quorate.node.http.json.JsonOut;
import java.time.LocalDate;

/** How answers show which write a value is. */
final class Versions {
    private static final long MILLIS_PER_DAY = 86_400_000;

    private Versions() {}

    /** The fields of a version, into the object that is open. */
    static JsonOut fields(JsonOut json, Dot dot, long expiresMillis) {
        json.field("dot", dot.toString()).field("time", time(HybridTime.toMillis(dot.counter())));
        return expiresMillis == Sibling.NEVER ? json : json.field("expires", time(expiresMillis));
    }

    static void version(JsonOut json, Dot dot, long expiresMillis) {
        fields(json.name("version").object(), dot, expiresMillis).endObject();
    }

    /** One of several values: the value or that it is deleted, and its version. */
    static void sibling(JsonOut json, Sibling sibling) {
        json.object();
        sibling.value().ifPresentOrElse(value -> json.name("value").raw(value), () -> json.field("deleted", true));
        version(json, sibling.dot(), sibling.expiresMillis());
        json.endObject();
    }

    /** ISO 8601 in UTC, always with three digits of milliseconds, so that texts sort as times do. By hand: it is in every answer. */
    private static String time(long millis) {
        LocalDate day = LocalDate.ofEpochDay(millis / MILLIS_PER_DAY);
        int ofDay = (int) (millis % MILLIS_PER_DAY);
        char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
        digits(text, 4, day.getYear());
        digits(text, 7, day.getMonthValue());
        digits(text, 10, day.getDayOfMonth());
        digits(text, 13, ofDay / 3_600_000);
        digits(text, 16, ofDay / 60_000 % 60);
        digits(text, 19, ofDay / 1_000 % 60);
        digits(text, 23, ofDay % 1_000);
        return new String(text);
    }

    /** Writes a number so that its last digit is before {@code end}. */
    private static void digits(char[] text, int end, int number) {
        int rest = number;
        for (int i = end - 1; rest > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
