package io.quorate.core.cluster;

/** All that is known of one member: what the cluster decided about it, and what it says of itself. */
public record MemberEntry(String id, Seat seat, Claim claim) {
    public MemberEntry with(Seat next) {
        return new MemberEntry(id, next, claim);
    }

    public MemberEntry with(Claim next) {
        return new MemberEntry(id, seat, next);
    }

    public Standing standing() {
        return seat.standing();
    }

    public Member member() {
        return new Member(id, claim.peer(), claim.http(), seat.zone(), seat.weight(), seat.slot());
    }

    MemberEntry merge(MemberEntry other) {
        return new MemberEntry(id, Seat.later(seat, other.seat), Claim.later(claim, other.claim));
    }
}
