package io.quorate.node.config;

import com.fasterxml.jackson.databind.JsonNode;

/** A value that its key does not allow. */
final class MalformedValueException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN_CHARACTERS = 60;

    private final String part;

    /**
     * A value that is not what is allowed.
     *
     * @param allowed as it reads after "must be"
     */
    MalformedValueException(String allowed, JsonNode found) {
        this("", "must be " + allowed + ", not " + shortened(found));
    }

    private MalformedValueException(String part, String message) {
        super(message);
        this.part = part;
    }

    /** The same, said of a part of a larger value. */
    MalformedValueException in(String outer) {
        return new MalformedValueException(outer + part, getMessage());
    }

    /** Which part of the value is meant, as it reads after the key; empty for the whole. */
    String part() {
        return part;
    }

    private static String shortened(JsonNode found) {
        String text = found.toString();
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
