package io.quorate.node.shard;

import io.quorate.node.membership.LocalView;
import java.util.function.Consumer;

/** The other shards of a node, as one of them reaches them: each hears on its own loop, soon. */
public interface Neighbours {
    /** Hands a change of the view to all other shards. */
    void tellOthers(Consumer<LocalView> change);

    /** Hands news to the first shard, which may be the one that tells. */
    void tellFirst(Consumer<NodeShard> news);
}
