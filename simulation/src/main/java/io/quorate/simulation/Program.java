package io.quorate.simulation;

import io.quorate.core.port.RequestHandler;

/** What a process runs; built anew from its {@link Ports} at every start. */
public interface Program {
    /** Begins its work; the ports are live and peers may already call. */
    void start();

    /** What it does with the requests of others. Asked for at every request, so it may change. */
    RequestHandler requests();

    /** Ends its work. What it applies and sends in here still counts; after it, nothing does. */
    CleanStop stop();
}
