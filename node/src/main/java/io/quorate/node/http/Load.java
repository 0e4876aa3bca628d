package io.quorate.node.http;

/** What one event loop has taken on and not yet answered, within its limits. */
final class Load {
    private final int requestsMax;
    private final long bodyBytesMax;
    private int requests;
    private long bodyBytes;

    Load(HttpLimits limits) {
        requestsMax = limits.requestsMax();
        bodyBytesMax = limits.bodyBytesMax();
    }

    boolean enter() {
        if (requests >= requestsMax) {
            return false;
        }
        requests++;
        return true;
    }

    boolean hold(int bytes) {
        if (bodyBytes + bytes > bodyBytesMax) {
            return false;
        }
        bodyBytes += bytes;
        return true;
    }

    void leave(long bytesHeld) {
        requests--;
        bodyBytes -= bytesHeld;
    }

    int requests() {
        return requests;
    }
}
