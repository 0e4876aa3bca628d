package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A network namespace for each node, joined by a router in one more, where the way from any node to any other can be cut: what is sent
 * on it vanishes. Needs Linux, root and {@code ip} of iproute2.
 *
 * <p>This process reaches all of them, whatever is cut. All addresses are of 198.18.0.0/15, which no network outside uses (RFC 2544).
 */
final class Namespaces implements Site, AutoCloseable {
    private static final int NETWORKS = 512;

    private final String name = "quorate-" + ProcessHandle.current().pid() + "-"
            + ThreadLocalRandom.current().nextInt(10_000);
    private final String router = name + "-router";
    private final String network;
    private final List<String> nodes;
    private final Map<String, String> zones;
    private final Deque<String> made = new ArrayDeque<>();
    private final List<List<String>> cuts = new ArrayList<>();
    private final Thread lastResort = new Thread(this::delete);

    private Namespaces(Map<String, String> zones) {
        this.zones = new LinkedHashMap<>(zones);
        this.nodes = List.copyOf(this.zones.keySet());
        int number = ThreadLocalRandom.current().nextInt(NETWORKS);
        this.network = "198." + (18 + number / 256) + "." + number % 256;
    }

    /** For nodes n1, n2 and so on, of one zone. */
    static Namespaces of(int size) {
        Map<String, String> zones = new LinkedHashMap<>();
        IntStream.rangeClosed(1, size).forEach(i -> zones.put("n" + i, "default"));
        return of(zones);
    }

    /** For nodes by id, each with its zone. */
    static Namespaces of(Map<String, String> zones) {
        Namespaces namespaces = new Namespaces(zones);
        Runtime.getRuntime().addShutdownHook(namespaces.lastResort);
        try {
            namespaces.make();
        } catch (RuntimeException | Error e) {
            namespaces.close();
            throw e;
        }
        return namespaces;
    }

    int size() {
        return nodes.size();
    }

    private void make() {
        add(router);
        in(router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        String outside = "q" + name.substring(name.length() - 8).replace("-", "");
        ip("link", "add", outside, "type", "veth", "peer", "name", "outside", "netns", router);
        ip("addr", "add", host(0, 2) + "/30", "dev", outside);
        ip("link", "set", outside, "up");
        ip("-n", router, "addr", "add", host(0, 1) + "/30", "dev", "outside");
        ip("-n", router, "link", "set", "outside", "up");
        ip("route", "add", network + ".0/24", "via", host(0, 1));
        nodes.forEach(this::makeNode);
    }

    private void makeNode(String id) {
        String place = name + "-" + id;
        int number = nodes.indexOf(id) + 1;
        add(place);
        ip("-n", place, "link", "set", "lo", "up");
        ip("-n", place, "link", "add", "eth0", "type", "veth", "peer", "name", id, "netns", router);
        ip("-n", place, "addr", "add", address(id) + "/30", "dev", "eth0");
        ip("-n", place, "link", "set", "eth0", "up");
        ip("-n", router, "addr", "add", host(number, 1) + "/30", "dev", id);
        ip("-n", router, "link", "set", id, "up");
        ip("-n", place, "route", "add", "default", "via", host(number, 1));
    }

    /** Every subnet has four addresses: itself, the router, the node, and broadcast. */
    private String host(int subnet, int place) {
        return network + "." + (4 * subnet + place);
    }

    @Override
    public String address(String id) {
        return host(nodes.indexOf(id) + 1, 2);
    }

    @Override
    public String zone(String id) {
        return zones.get(id);
    }

    @Override
    public List<String> at(String id, List<String> command) {
        List<String> there = new ArrayList<>(List.of("ip", "netns", "exec", name + "-" + id));
        there.addAll(command);
        return there;
    }

    /** Nothing passes between nodes of different sides, either way. */
    void separate(List<List<String>> sides) {
        for (List<String> side : sides) {
            for (List<String> other : sides) {
                if (side != other) {
                    cutOneWay(side, other);
                }
            }
        }
    }

    /** Nothing passes from the ones to the others. */
    void cutOneWay(List<String> from, List<String> to) {
        for (String sender : from) {
            for (String receiver : to) {
                List<String> cut = List.of("iif", sender, "to", address(receiver), "blackhole");
                rule("add", cut);
                cuts.add(cut);
            }
        }
    }

    /** Everything passes again. */
    void heal() {
        cuts.forEach(cut -> rule("del", cut));
        cuts.clear();
    }

    private void rule(String change, List<String> rule) {
        List<String> arguments = new ArrayList<>(List.of("-n", router, "rule", change));
        arguments.addAll(rule);
        ip(arguments.toArray(String[]::new));
    }

    private void add(String namespace) {
        ip("netns", "add", namespace);
        made.push(namespace);
    }

    private void in(String namespace, String... command) {
        List<String> there = new ArrayList<>(List.of("netns", "exec", namespace));
        there.addAll(List.of(command));
        ip(there.toArray(String[]::new));
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(() -> String.join(" ", command) + ": " + said
                            + " (this test makes network namespaces: it needs Linux, root and iproute2)")
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException("this test needs ip, of iproute2", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With a namespace go its interfaces, and with the router's the one that leads there. */
    private void delete() {
        while (!made.isEmpty()) {
            ip("netns", "del", made.pop());
        }
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
