package io.quorate.simulation;

/**
 * What a world may do before it is held to be in a livelock, and what it remembers for a post-mortem.
 *
 * @param eventsMax events in all
 * @param instantMax events without the virtual time moving on
 * @param waitingMax events scheduled and not yet run
 * @param logged the last events kept in readable form
 */
public record Limits(long eventsMax, int instantMax, int waitingMax, int logged) {
    public static final Limits DEFAULT = new Limits(100_000_000, 200_000, 2_000_000, 200);

    public Limits withEventsMax(long eventsMax) {
        return new Limits(eventsMax, instantMax, waitingMax, logged);
    }

    public Limits withLogged(int logged) {
        return new Limits(eventsMax, instantMax, waitingMax, logged);
    }
}
