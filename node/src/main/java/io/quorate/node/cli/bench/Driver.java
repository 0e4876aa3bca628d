package io.quorate.node.cli.bench;

import io.quorate.node.cli.client.Endpoint;
import io.quorate.node.cli.client.Endpoints;
import io.quorate.node.cli.client.Lane;
import io.quorate.node.cli.client.Reactor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** One thread that drives its clients to the end of their script. */
final class Driver implements Callable<Tally> {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final BenchPlan plan;
    private final List<Endpoint> endpoints;
    private final Script script;
    private final Client.Shared shared;
    private final List<Pace> paces;
    private final int firstClient;

    /**
     * A thread's work.
     *
     * @param paces one a client
     * @param firstClient the number of the first; numbers differ between threads
     */
    Driver(
            BenchPlan plan,
            List<Endpoint> endpoints,
            Script script,
            Client.Shared shared,
            List<Pace> paces,
            int firstClient) {
        this.plan = plan;
        this.endpoints = endpoints;
        this.script = script;
        this.shared = shared;
        this.paces = paces;
        this.firstClient = firstClient;
    }

    @Override
    public Tally call() {
        try (Reactor reactor = new Reactor()) {
            Endpoints reachable = new Endpoints(endpoints);
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < paces.size(); i++) {
                int number = firstClient + i;
                Lane lane = new Lane(reactor, reachable, number);
                clients.add(new Client(script, shared, lane, new KeyRequests(plan, number), paces.get(i)));
            }
            long wait = 0;
            while (wait >= 0) {
                reactor.poll(wait);
                wait = beginDue(clients);
            }
        }
        return shared.tally();
    }

    /** Begins what is due. Tells how long until the next is; negative when nothing is left to do. */
    private long beginDue(List<Client> clients) {
        long now = System.nanoTime();
        long wait = POLL_NANOS;
        boolean ended = true;
        for (Client client : clients) {
            if (!client.isBusy() && (client.due() - now <= 0 || shared.window().isOver(now))) {
                client.begin(now);
            }
            if (!client.isBusy() && !client.isFinished()) {
                wait = Math.min(wait, Math.max(0, client.due() - now));
            }
            ended &= !client.isBusy() && client.isFinished();
        }
        return ended ? -1 : wait;
    }
}
