package io.quorate.node.storage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Whose a folder is; written when it is made, never changed.
 *
 * @param storeId random, so that no two folders are taken for one another
 */
record FolderIdentity(String cluster, String node, long storeId) {
    private static final String TITLE = "quorate-store ";
    private static final int VERSION = 1;

    String encode() {
        String text = TITLE + VERSION + "\ncluster " + cluster + "\nnode " + node + "\nid " + Long.toHexString(storeId)
                + "\n";
        return text + "check " + checksum(text) + "\n";
    }

    static FolderIdentity decode(String text) throws StoreException {
        requireKnownVersion(text);
        int end = text.lastIndexOf("check ");
        if (end < 0 || !text.substring(end).equals("check " + checksum(text.substring(0, end)) + "\n")) {
            throw damaged();
        }
        List<String> lines = text.lines().toList();
        return new FolderIdentity(
                value(lines.get(1), "cluster "),
                value(lines.get(2), "node "),
                Long.parseUnsignedLong(value(lines.get(3), "id "), 16));
    }

    private static void requireKnownVersion(String text) throws StoreException {
        String first = text.lines().findFirst().orElse("");
        if (!first.matches(TITLE + "[0-9]{1,9}")) {
            throw damaged();
        }
        int version = Integer.parseInt(first.substring(TITLE.length()));
        if (version > VERSION) {
            throw new StoreException("the folder has storage format " + version + " and this version reads up to "
                    + VERSION + ": run the version that wrote it");
        }
    }

    private static String value(String line, String name) throws StoreException {
        if (!line.startsWith(name)) {
            throw damaged();
        }
        return line.substring(name.length());
    }

    private static StoreException damaged() {
        return new StoreException(
                "the folder's identity file is damaged: restore the folder, or empty it and let the other replicas fill it");
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
