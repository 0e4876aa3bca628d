package io.quorate.simulation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What makes trouble at random moments, and ends each trouble after a while.
 *
 * <p>A node has at most one trouble of its own at a time. Cuts do not add up: when one ends, the way is open, whatever else had
 * cut it. Its own random stream decides everything, so the same seed makes the
 * same trouble whatever the programs do.
 */
public final class Nemesis {
    private final World world;
    private final List<String> ids;
    private final NemesisPlan plan;
    private final RandomGenerator random;
    private final Map<String, Trouble> troubled = new TreeMap<>();
    private final Map<Trouble, Integer> made = new EnumMap<>(Trouble.class);
    private int round;

    public Nemesis(World world, List<String> ids, NemesisPlan plan) {
        this.world = world;
        this.ids = List.copyOf(ids);
        this.plan = plan;
        this.random = world.random("nemesis");
    }

    public void begin() {
        strikeLater();
    }

    /** Makes no more trouble and ends all there is, whoever made it: every node runs, every way is open, every disk is good. */
    public void healAll() {
        round++;
        troubled.clear();
        world.network().heal();
        for (String id : ids) {
            SimulatedProcess process = world.process(id);
            process.disk().setFailing(false);
            if (process.isPaused()) {
                process.resume();
            } else if (!process.isRunning()) {
                process.start();
            }
        }
    }

    /** How often each trouble was made. */
    public Map<Trouble, Integer> made() {
        return Collections.unmodifiableMap(made);
    }

    /** The nodes in trouble now, cuts left out. */
    public Map<String, Trouble> troubled() {
        return Collections.unmodifiableMap(troubled);
    }

    private void strikeLater() {
        later(1 + random.nextLong(2 * plan.everyMillis()), () -> {
            strike(choose(), ids.get(random.nextInt(ids.size())), ids.get(random.nextInt(ids.size())));
            strikeLater();
        });
    }

    private Trouble choose() {
        int at = random.nextInt(
                plan.weights().values().stream().mapToInt(weight -> weight).sum());
        for (Map.Entry<Trouble, Integer> weight : plan.weights().entrySet()) {
            at -= weight.getValue();
            if (at < 0) {
                return weight.getKey();
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    private void strike(Trouble trouble, String id, String other) {
        long lasts = plan.leastMillis() + random.nextLong(plan.mostMillis() - plan.leastMillis() + 1);
        if (trouble.isOfOneNode()) {
            SimulatedProcess process = world.process(id);
            boolean left = process.isRunning() && !process.isPaused();
            if (left && !troubled.containsKey(id) && troubled.size() < plan.downMax()) {
                troubled.put(id, trouble);
                count(trouble);
                begin(trouble, process);
                later(lasts, () -> {
                    troubled.remove(id);
                    end(trouble, process);
                });
            }
        } else if (!id.equals(other)) {
            count(trouble);
            cut(trouble, id, other);
            later(lasts, () -> world.network().heal(id, other));
        }
    }

    private void count(Trouble trouble) {
        made.merge(trouble, 1, Integer::sum);
    }

    private void begin(Trouble trouble, SimulatedProcess process) {
        switch (trouble) {
            case CRASH -> process.crash();
            case STOP -> process.stop();
            case PAUSE -> process.pause();
            case ISOLATE -> world.network().isolate(process.id());
            case DISK_FULL -> process.disk().setFull(true);
            case DISK_FAILING -> process.disk().setFailing(true);
            case WIPE -> {
                process.crash();
                process.disk().wipe();
            }
            default -> throw new IllegalArgumentException(trouble + " is between two nodes");
        }
    }

    /** What the scenario itself has undone meanwhile stays as it is. */
    private void end(Trouble trouble, SimulatedProcess process) {
        switch (trouble) {
            case CRASH, STOP, WIPE -> {
                if (!process.isRunning()) {
                    process.start();
                }
            }
            case PAUSE -> {
                if (process.isPaused()) {
                    process.resume();
                }
            }
            case ISOLATE -> rejoin(process.id());
            case DISK_FULL, DISK_FAILING -> process.disk().setFull(false);
            default -> throw new IllegalArgumentException(trouble + " is between two nodes");
        }
    }

    private void cut(Trouble trouble, String id, String other) {
        if (trouble == Trouble.CUT) {
            world.network().cut(id, other);
        } else {
            world.network().cutOneWay(id, other);
        }
    }

    private void rejoin(String id) {
        for (SimulatedProcess other : world.processes()) {
            world.network().heal(id, other.id());
        }
    }

    private void later(long delayMillis, Runnable step) {
        int planned = round;
        world.schedule(delayMillis, () -> {
            if (planned == round) {
                step.run();
            }
        });
    }
}
