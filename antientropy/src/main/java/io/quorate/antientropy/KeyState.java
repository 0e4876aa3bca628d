package io.quorate.antientropy;

/**
 * What a tree must know of one key's state.
 *
 * @param digest of the whole encoded state: dots, context and values
 * @param n copies to keep of it; zero when there is none
 * @param live whether it has a value, and not tombstones alone
 */
public record KeyState(long digest, int n, boolean live) {
    public static final KeyState ABSENT = new KeyState(0, 0, false);

    boolean isPresent() {
        return n > 0;
    }

    boolean isDead() {
        return isPresent() && !live;
    }
}
