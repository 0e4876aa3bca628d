package io.quorate.simulation;

/** What sort of thing happens in an event; part of the trace. */
enum EventKind {
    /** A step of the scenario or of the nemesis. */
    SCENARIO,
    /** Something done to a process, the network or a disk from outside. */
    CONTROL,
    /** A task given to a scheduler to run soon. */
    TASK,
    /** A task given to a scheduler to run later. */
    TIMER,
    /** A request reaches its handler. */
    REQUEST,
    /** A reply reaches its caller. */
    REPLY,
    /** A message will not arrive. */
    LOSS,
    /** A connection breaks, as one end sees it. */
    BREAK,
    /** Storage answers. */
    DISK
}
