package io.quorate.node.cli.client;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The nodes that can be asked, and which of them seem to be down. One thread's own. */
public final class Endpoints {
    /** How long a node that failed is left alone, before one request tries it again. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Endpoint> all;
    private final boolean[] down;
    private final long[] retryAt;

    /** All of them up until they fail. */
    public Endpoints(List<Endpoint> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no endpoints");
        }
        this.all = List.copyOf(all);
        down = new boolean[all.size()];
        retryAt = new long[all.size()];
    }

    /** How many there are. */
    public int size() {
        return all.size();
    }

    Endpoint get(int index) {
        return all.get(index);
    }

    /** The first from {@code home} on that seems up or is due for another try; {@code home} if none is. */
    int choose(int home, long now) {
        for (int step = 0; step < all.size(); step++) {
            int index = (home + step) % all.size();
            if (!down[index]) {
                return index;
            }
            if (now - retryAt[index] >= 0) {
                retryAt[index] = now + REST_NANOS;
                return index;
            }
        }
        return home;
    }

    void failed(int index, long now) {
        down[index] = true;
        retryAt[index] = now + REST_NANOS;
    }

    void answered(int index) {
        down[index] = false;
    }
}
