package io.quorate.node.storage.segment;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of segments and of their key files. */
final class SegmentFiles {
    private static final Pattern SEGMENT = Pattern.compile("segment-([0-9]{10})\\.records");
    private static final Pattern KEYS = Pattern.compile("segment-([0-9]{10})\\.keys");

    private SegmentFiles() {}

    static Path path(Path folder, int number) {
        return folder.resolve(String.format(Locale.ROOT, "segment-%010d.records", number));
    }

    static Path keyPath(Path segment) {
        String name = segment.getFileName().toString();
        return segment.resolveSibling(name.replace(".records", ".keys"));
    }

    static OptionalInt segmentNumber(Path path) {
        return number(SEGMENT, path);
    }

    static OptionalInt keyFileNumber(Path path) {
        return number(KEYS, path);
    }

    private static OptionalInt number(Pattern pattern, Path path) {
        Matcher matcher = pattern.matcher(path.getFileName().toString());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
