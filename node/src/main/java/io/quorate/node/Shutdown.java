package io.quorate.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way a node ends when it is told to: it stops in good order, and the process ends within ten seconds whatever happens. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /** Leaves a second of the ten for the virtual machine. */
    private static final int STOP_SECONDS_MAX = 9;

    private final AtomicReference<Daemon> daemon = new AtomicReference<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "shutdown");

    private Shutdown() {}

    /** From now on a signal ends the process with status 0, even while the node still starts. */
    static Shutdown onSignal() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /** Has the daemon stopped on a signal, and waits for it. */
    void await(Daemon started) throws InterruptedException {
        daemon.set(started);
        never.await();
    }

    /** Leaves the exit status to the caller: the node did not start. */
    void cancel() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** A process that a signal ends has the signal's status unless it halts itself. */
    private void end() {
        Runtime.getRuntime().halt(stopInTime() ? 0 : 1);
    }

    private boolean stopInTime() {
        Daemon running = daemon.get();
        if (running == null) {
            return true;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stopping = new Thread(
                () -> {
                    running.stop();
                    stopped.countDown();
                },
                "stopping");
        stopping.setDaemon(true);
        stopping.start();
        return inTime(stopped);
    }

    private static boolean inTime(CountDownLatch stopped) {
        try {
            if (stopped.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                return true;
            }
            LOG.error("did not stop in {} s: the process ends now, and the next start recovers", STOP_SECONDS_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
