package io.quorate.core.datatype;

import java.util.Locale;

/** The kinds of values that are changed by operations. Stored by the ordinal, so new ones go last. */
public enum DataType {
    COUNTER,
    SET,
    DOCUMENT,
    LIST;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
