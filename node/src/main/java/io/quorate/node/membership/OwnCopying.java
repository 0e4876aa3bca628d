package io.quorate.node.membership;

import io.quorate.core.cluster.Copying;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.port.Clock;
import java.util.Optional;

/** What this node says of its own copying, while a member comes or goes. */
public final class OwnCopying {
    private final Clock clock;
    private final ShardNews news;
    private Optional<String> changing = Optional.empty();
    private long begunMillis;

    public OwnCopying(Clock clock, ShardNews news) {
        this.clock = clock;
        this.news = news;
    }

    /** The members may have changed. */
    public void onMembers(MemberTable table) {
        Optional<String> now = table.changing().map(MemberEntry::id);
        if (!now.equals(changing)) {
            changing = now;
            begunMillis = clock.realtimeMillis();
        }
    }

    /** To be said by a ring. */
    public Copying by(long ring) {
        return changing.isEmpty() ? Copying.NONE : new Copying(ring, begunMillis, news.partitionsCopied(ring));
    }
}
