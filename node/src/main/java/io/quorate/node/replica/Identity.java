package io.quorate.node.replica;

import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor that one shard mints dots as.
 *
 * <p>An actor's vector entry claims all its earlier dots of a key. So whenever this node may have forgotten one (a write that
 * did not become durable, a damaged record, an old copy of the disk), it goes on under a new, random incarnation. Forgetting
 * without that is how acknowledged writes vanish: riak_kv #679, #1094, #1643, #1865.
 */
public final class Identity {
    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

    private final HybridClock clock;
    private final RandomGenerator random;
    private Actor actor;
    private long lastMinted;
    private boolean fresh;

    /**
     * Goes on as an actor.
     *
     * @param lastMinted the greatest counter it may have minted before; zero when it is new
     */
    public Identity(Actor actor, long lastMinted, HybridClock clock, RandomGenerator random) {
        this.actor = actor;
        this.lastMinted = lastMinted;
        this.fresh = lastMinted == 0;
        this.clock = clock;
        this.random = random;
    }

    public Actor actor() {
        return actor;
    }

    /** The next dot: greater than every one minted here, and later than everything observed. */
    Dot mint() {
        fresh = false;
        lastMinted = clock.next();
        return new Dot(actor, lastMinted);
    }

    /** Somebody saw this context; a dot of ours in it that we do not remember proves that we forgot. */
    void remember(Context context) {
        if (context.latestOf(actor) > lastMinted) {
            renew("a peer knows a write of ours that we do not");
        }
    }

    void renew(String why) {
        if (fresh) {
            return;
        }
        Actor forgetful = actor;
        actor = new Actor(actor.node(), random.nextLong());
        fresh = true;
        lastMinted = 0;
        LOG.warn("{} goes on as {}: {}", forgetful, actor, why);
    }
}
