package io.quorate.node.http.json;

/**
 * The first place where a text is not JSON.
 *
 * @param reason what is wrong there, as part of a sentence
 * @param line from 1
 * @param column in characters, from 1
 */
public record JsonFault(String reason, int line, int column) {
    /** The fault at a byte of a text. */
    static JsonFault at(byte[] text, int offset, String reason) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            boolean lineEnds = text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.length && text[i + 1] == '\n'));
            if (lineEnds) {
                line++;
                column = 1;
            } else if ((text[i] & 0xC0) != 0x80) {
                // The bytes that go on with a character are not counted.
                column++;
            }
        }
        return new JsonFault(reason, line, column);
    }
}
