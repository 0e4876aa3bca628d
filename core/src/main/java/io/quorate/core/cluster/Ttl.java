package io.quorate.core.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a value stays, in the words in which it was asked for. */
public record Ttl(int count, Unit unit) {
    public static final int DAYS_MAX = 3_650;

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");

    /** What it is counted in. */
    public enum Unit {
        MS(1),
        S(1_000),
        M(60_000),
        H(3_600_000),
        D(86_400_000);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Unit of(String label) {
            return Arrays.stream(values())
                    .filter(unit -> unit.label().equals(label))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As in {@code 30s}, {@code 12h} or {@code 7d}; empty for anything else, and for more than {@value #DAYS_MAX} days. */
    public static Optional<Ttl> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Ttl(Integer.parseInt(matcher.group(1)), Unit.of(matcher.group(2))))
                        .filter(ttl -> ttl.millis() <= DAYS_MAX * Unit.D.millis)
                : Optional.empty();
    }

    public long millis() {
        return count * unit.millis;
    }

    public String label() {
        return count + unit.label();
    }
}
