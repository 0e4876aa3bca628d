package io.quorate.node.replica;

import io.quorate.antientropy.KeyState;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;

/** What the storage index tells of a key without reading its state: its n, and whether it has a live value. */
public final class EntryTag {
    private EntryTag() {}

    public static int of(Siblings siblings) {
        return siblings.n() << 1 | (hasLiveVersion(siblings) ? 1 : 0);
    }

    private static boolean hasLiveVersion(Siblings siblings) {
        for (Sibling version : siblings.versions()) {
            if (!version.isTombstone()) {
                return true;
            }
        }
        return false;
    }

    public static KeyState toKeyState(long digest, int tag) {
        return new KeyState(digest, n(tag), isLive(tag));
    }

    public static int n(int tag) {
        return tag >>> 1;
    }

    public static boolean isLive(int tag) {
        return (tag & 1) == 1;
    }
}
