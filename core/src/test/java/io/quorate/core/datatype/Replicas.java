package io.quorate.core.datatype;

import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Replicas of one typed value that patch on their own and merge now and then, and a history of who knew of which request.
 *
 * <p>A request may be carried out at several replicas that have not heard of each other's doing: that is one request all the same.
 */
final class Replicas {
    static final int COUNT = 3;

    final Random random;
    final List<Execution> executions = new ArrayList<>();
    final List<TypedValue> states = new ArrayList<>();
    private final List<Set<Integer>> known = new ArrayList<>();
    private final List<List<Operation>> requests = new ArrayList<>();
    private long clock = HybridTime.ofMillis(1_000_000);

    /**
     * One replica's doing of one request.
     *
     * @param seen the requests that the replica knew of
     */
    record Execution(int request, List<Operation> operations, Set<Integer> seen) {}

    Replicas(DataType type, Random random) {
        this.random = random;
        for (int i = 0; i < COUNT; i++) {
            states.add(TypedValue.empty(type, Context.EMPTY));
            known.add(new LinkedHashSet<>());
        }
    }

    /** A new request at one replica. */
    int patch(int at, List<Operation> operations) {
        requests.add(operations);
        execute(at, requests.size() - 1);
        return requests.size() - 1;
    }

    /** An old request once more, at a replica that may or may not know of it. */
    void retry(int at) {
        if (!requests.isEmpty()) {
            execute(at, random.nextInt(requests.size()));
        }
    }

    void merge(int from, int to) {
        states.set(to, states.get(to).merge(states.get(from)));
        known.get(to).addAll(known.get(from));
    }

    /** All that any of them has, merged in a random order. */
    TypedValue everything() {
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(order, random);
        TypedValue all = states.get(order.get(0));
        for (int next : order.subList(1, COUNT)) {
            all = all.merge(states.get(next));
        }
        return all;
    }

    /** Whether nobody who knew of a request has undone it. */
    boolean survives(int request, Predicate<Operation> undoes) {
        return executions.stream()
                .noneMatch(other -> other.request() != request
                        && other.seen().contains(request)
                        && other.operations().stream().anyMatch(undoes));
    }

    static RequestId id(int request) {
        return new RequestId(request, 7);
    }

    private void execute(int at, int request) {
        TypedValue state = states.get(at);
        if (state.dotOf(id(request)).isPresent()) {
            return;
        }
        clock += 1 + random.nextInt(1 << 20);
        List<Operation> operations = requests.get(request);
        try {
            Dot dot = new Dot(new Actor("n" + at, at), clock);
            states.set(at, state.apply(operations, dot, id(request), state.seen()));
        } catch (RejectedException e) {
            return;
        }
        executions.add(new Execution(request, operations, new LinkedHashSet<>(known.get(at))));
        known.get(at).add(request);
    }
}
