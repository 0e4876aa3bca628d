package io.quorate.node.membership;

import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Seat;
import io.quorate.core.cluster.Standing;
import io.quorate.core.message.ClusterReply.Invited;
import io.quorate.core.message.ClusterReply.MemberTables;
import io.quorate.core.message.ClusterRequest.Invite;
import io.quorate.core.message.ClusterRequest.Join;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.Reply;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node's part in the membership, on its first shard: states its own claim, asks to be let in, answers those who ask, and takes the
 * steps that are due.
 */
public final class Membership {
    /** Short costs an idle node wake-ups; long makes each step of a join or a leave wait. */
    private static final long TICK_MILLIS = 500;

    private static final long KNOCK_MILLIS = 500;
    private static final int ASK_MILLIS = 1_000;

    private final Self self;
    private final MemberRegistry registry;
    private final LocalView view;
    private final Scheduler scheduler;
    private final Transport transport;
    private final Supplier<Health> health;
    private final ShardNews news;
    private List<String> seeds;
    private String slot;
    private Optional<String> refusal = Optional.empty();
    private int turn;

    /**
     * What a node is by its configuration.
     *
     * @param member as others are to see it
     * @param store the id of its data folder
     * @param seeds peer addresses of members to ask, when it is none itself
     * @param shards of the node
     */
    public record Self(Member member, String store, List<String> seeds, int shards) {}

    /**
     * How the node is.
     *
     * @param trouble empty when all is well
     */
    public record Health(boolean serving, String trouble) {}

    /** What a membership is joined to. */
    public record Parts(
            MemberRegistry registry,
            LocalView view,
            Scheduler scheduler,
            Transport transport,
            Supplier<Health> health) {}

    public Membership(Self self, Parts parts) {
        this.self = self;
        this.registry = parts.registry();
        this.view = parts.view();
        this.scheduler = parts.scheduler();
        this.transport = parts.transport();
        this.health = parts.health();
        this.news = new ShardNews(self.shards());
        this.seeds = self.seeds();
        this.slot = self.member().slot();
    }

    /** Begins, once the stored table was read. */
    public void start() {
        tick();
        knock();
    }

    /** Why this node is no member; empty when it is one. */
    public Optional<String> notMember() {
        return switch (standing()) {
            case LEFT ->
                Optional.of("this node was removed from the cluster: to join anew, stop it and wipe its data folder");
            case EXPELLING, EXPELLED ->
                Optional.of("this node is being removed from the cluster: stop it and wipe its data folder");
            case JOINING, ADMITTED, ACTIVE, LEAVING, PARTING, DRAINING ->
                isKnown() ? Optional.empty() : Optional.of(refusal.orElse("no member has let this node in yet"));
        };
    }

    private boolean isKnown() {
        return registry.table().find(self.member().id()).isPresent();
    }

    private Standing standing() {
        return registry.table()
                .find(self.member().id())
                .map(MemberEntry::standing)
                .orElse(Standing.JOINING);
    }

    public ShardNews news() {
        return news;
    }

    private void tick() {
        if (isKnown()) {
            registry.claim(claim());
            NextStep.of(registry.table(), view.ring()).ifPresent(this::decide);
            if (standing() == Standing.DRAINING
                    && news.areAllDrained(view.ring().digest())) {
                decide(registry.table().decide(self.member().id(), Standing.LEFT));
            }
        }
        scheduler.scheduleCoarse(TICK_MILLIS, this::tick);
    }

    private void decide(MemberTable table) {
        registry.merge(table, outcome -> {});
    }

    private Claim claim() {
        long ring = view.ring().digest();
        Health now = health.get();
        return new Claim(
                self.member().peer(),
                self.member().http(),
                self.store(),
                now.serving(),
                now.trouble(),
                news.haveAllAdopted(ring) ? ring : 0,
                news.haveAllCopied(ring) ? ring : 0,
                0);
    }

    /** Asks one seed after the other, until this node is a member. */
    private void knock() {
        if (isKnown() && standing() != Standing.LEFT) {
            return;
        }
        if (!seeds.isEmpty()) {
            String seed = seeds.get(turn++ % seeds.size());
            transport.call(seed, new Join(wish()), ASK_MILLIS, (from, reply) -> hearSeed(reply));
        }
        scheduler.schedule(KNOCK_MILLIS, this::knock);
    }

    private MemberTable wish() {
        Member member = self.member();
        Seat seat = new Seat(slot, member.zone(), member.weight(), self.store(), Standing.JOINING, 0);
        MemberTable table = registry.table();
        return MemberTable.empty(table.cluster(), table.partitions()).with(new MemberEntry(member.id(), seat, claim()));
    }

    private void hearSeed(Reply reply) {
        if (reply instanceof MemberTables tables) {
            registry.merge(tables.table(), outcome -> {});
        } else if (reply instanceof Refused refused && refused.reason() == Reason.MEMBERSHIP) {
            refusal = Optional.of(refused.detail());
        }
    }

    /** A newcomer asks to be let in. */
    public void handle(Join join, Responder reply) {
        if (!isKnown() || notMember().isPresent()) {
            reply.send(new Refused(Reason.MEMBERSHIP, "the node that was asked is no member itself"));
            return;
        }
        if (join.wish().stream().count() != 1) {
            reply.send(new Refused(Reason.MALFORMED, "a wish names one newcomer"));
            return;
        }
        answer(Admission.join(registry.table(), join.wish(), view::isDown), reply);
    }

    private void answer(Admission.Verdict verdict, Responder reply) {
        if (verdict.refusal().isPresent()) {
            reply.send(new Refused(Reason.MEMBERSHIP, verdict.refusal().get()));
        } else {
            registry.merge(verdict.table(), outcome -> reply.send(new MemberTables(registry.table())));
        }
    }

    /** Somebody wants this node in a cluster. */
    public void handle(Invite invite, boolean isEmpty, Responder reply) {
        boolean alone = registry.table().present().stream()
                .allMatch(entry -> entry.id().equals(self.member().id()));
        if (!alone || !isEmpty) {
            String why = alone ? "it holds data of its own" : "it is a member of a cluster already";
            reply.send(new Refused(Reason.MEMBERSHIP, self.member().id() + " cannot join: " + why));
            return;
        }
        seeds = new ArrayList<>(invite.seeds());
        slot = invite.slot().isEmpty() ? self.member().slot() : invite.slot();
        registry.forget();
        knock();
        reply.send(new Invited(self.member().id()));
    }

    /** Invites the node at an address; {@code done} hears its id, or why not. */
    public void invite(String address, String replaced, Consumer<Outcome> done) {
        if (!replaced.isEmpty() && !(registry.table().find(replaced).isPresent() && view.isDown(replaced))) {
            done.accept(Outcome.refused("there is no dead member " + replaced + " to replace"));
            return;
        }
        List<String> members = registry.table().present().stream()
                .map(entry -> entry.claim().peer())
                .toList();
        Once once = new Once(done);
        scheduler.schedule(2L * ASK_MILLIS, () -> once.end(Outcome.refused("no node answers at " + address)));
        transport.call(address, new Invite(members, slotOf(replaced)), ASK_MILLIS, (from, reply) -> {
            if (reply instanceof Invited invited) {
                once.end(Outcome.done(invited.node()));
            } else if (reply instanceof Refused refused) {
                once.end(Outcome.refused(refused.detail()));
            }
        });
    }

    private String slotOf(String replaced) {
        return registry.table().find(replaced).map(entry -> entry.seat().slot()).orElse(replaced);
    }

    /** Lets a member go, or, by force, goes on without one that is dead. */
    public void remove(String id, boolean force, Consumer<Outcome> done) {
        Admission.Verdict verdict =
                force ? Admission.expel(registry.table(), id, view::isDown) : Admission.leave(registry.table(), id);
        if (verdict.refusal().isPresent()) {
            done.accept(Outcome.refused(verdict.refusal().get()));
        } else {
            registry.merge(verdict.table(), outcome -> done.accept(Outcome.done(id)));
        }
    }

    /**
     * What came of a request about the membership.
     *
     * @param node the id that it is about; empty when refused
     * @param refusal why not; empty when it was done
     */
    public record Outcome(String node, String refusal) {
        static Outcome done(String node) {
            return new Outcome(node, "");
        }

        static Outcome refused(String why) {
            return new Outcome("", why);
        }

        public boolean isRefused() {
            return !refusal.isEmpty();
        }
    }

    /** Takes the first outcome and no other. */
    private static final class Once {
        private Optional<Consumer<Outcome>> done;

        Once(Consumer<Outcome> done) {
            this.done = Optional.of(done);
        }

        void end(Outcome outcome) {
            Optional<Consumer<Outcome>> waiting = done;
            done = Optional.empty();
            waiting.ifPresent(consumer -> consumer.accept(outcome));
        }
    }
}
