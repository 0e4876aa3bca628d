package io.quorate.node.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 4096}, {@code 64MiB}, {@code 1 GiB}. */
final class ByteSize {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?(B|KiB|MiB|GiB|TiB)?");

    private ByteSize() {}

    /** The size in bytes; empty when it is not written like one, or beyond a long. */
    static Optional<Long> parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = matcher.group(2) == null ? 0 : 10 * UNITS.indexOf(matcher.group(2));
        long number = Long.parseLong(matcher.group(1));
        return number > (Long.MAX_VALUE >> shift) ? Optional.empty() : Optional.of(number << shift);
    }

    /** In the largest unit that needs no fraction. */
    static String format(long bytes) {
        int unit = bytes == 0 ? 0 : Math.min(UNITS.size() - 1, Long.numberOfTrailingZeros(bytes) / 10);
        return (bytes >> (10 * unit)) + (unit == 0 ? "" : UNITS.get(unit));
    }
}
