package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.node.Main;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster of real node processes on this machine, n1, n2 and so on, each with a folder and ports of its own. */
final class LocalCluster implements AutoCloseable {
    private static final String JAVA_OPTIONS =
            System.getProperty("quorate.nodeOptions", "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IN_SYNC_PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);

    /** A connection reaches one event loop of a node; so many at once reach them all. */
    private static final int CONNECTIONS = 8;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, NodeProcess> processes = new LinkedHashMap<>();
    private final Map<String, NodeApi> apis = new LinkedHashMap<>();
    private final List<NodeProcess> gone = new ArrayList<>();
    private final Thread lastResort = new Thread(this::killAll);

    private final Site site;
    private final Path folder;
    private final List<String> settings;
    private final Map<String, Integer> httpPorts = new LinkedHashMap<>();
    private final Map<String, Integer> peerPorts = new LinkedHashMap<>();
    private final Map<String, String> memberships = new LinkedHashMap<>();
    private final String name;
    private int nodes;

    private LocalCluster(Site site, Path folder, int size, List<String> settings) {
        this.site = site;
        this.folder = folder;
        this.settings = settings;
        List<String> founders = IntStream.range(0, size).mapToObj(i -> nextId()).toList();
        this.name = "test-" + httpPorts.get("n1");
        String members = founders.stream()
                .map(id -> "{id: " + id + ", http: '" + endpoint(id) + "', peer: '" + peer(id) + "', zone: "
                        + site.zone(id) + "}")
                .collect(Collectors.joining(", ", "[", "]"));
        founders.forEach(id -> make(id, "cluster.members=" + members));
    }

    /** The name and ports of another node. */
    private String nextId() {
        String id = "n" + ++nodes;
        List<Integer> ports = FreePorts.pick(2);
        httpPorts.put(id, ports.get(0));
        peerPorts.put(id, ports.get(1));
        return id;
    }

    private void make(String id, String membership) {
        memberships.put(id, membership);
        make(id, membership, List.of());
    }

    /** Gives a node that does not run other settings for its next start. */
    void configure(String id, String... others) {
        assertThat(node(id).isRunning()).as(id + " runs").isFalse();
        make(id, memberships.get(id), List.of(others));
    }

    private void make(String id, String membership, List<String> others) {
        Stream<String> all = Stream.concat(
                Stream.of(
                        "node.id=" + id,
                        "cluster.name=" + name,
                        "cluster.partitions=64",
                        membership,
                        "http.host=" + site.address(id),
                        "peer.host=" + site.address(id),
                        "http.port=" + httpPorts.get(id),
                        "peer.port=" + peerPorts.get(id),
                        "storage.folder=" + folder.resolve(id),
                        "storage.segmentBytesMax=4MiB",
                        "storage.cacheBytesMax=32MiB",
                        "storage.freeBytesMin=16MiB",
                        "shards=2",
                        "heartbeat.suspectMillis=3000"),
                Stream.concat(settings.stream(), others.stream()));
        processes.put(id, new NodeProcess(id, site.at(id, command(folder, all)), folder.resolve(id + ".log")));
        apis.put(id, new NodeApi(http, endpoint(id)));
    }

    /** Where other nodes reach it. */
    String peer(String id) {
        return site.address(id) + ":" + peerPorts.get(id);
    }

    /** Starts one more node, which asks the others to let it in; returns its id at once. */
    String add() {
        String seeds = ids().stream().map(this::peer).collect(Collectors.joining(", ", "[", "]"));
        String id = nextId();
        make(id, "cluster.seeds=" + seeds);
        node(id).start();
        return id;
    }

    /** Starts a node that belongs to no cluster, but would to one of that name; returns when it is ready. */
    String addAlone() {
        String id = nextId();
        make(id, "cluster.seeds=[]");
        node(id).start();
        awaitReady(id);
        return id;
    }

    /** Waits until a newcomer has all its data. */
    void awaitMember(String id) {
        awaitReady(id);
        ids().forEach(this::awaitReady);
        awaitSeen(id, "active", IN_SYNC_PATIENCE);
    }

    /** Has a node leave, by one of the others; returns when it has, and was stopped. */
    void remove(String id, String by) {
        assertThat(api(by).send("DELETE", "/cluster/members/" + id, "").status())
                .isEqualTo(202);
        awaitGone(id, by);
        node(id).terminate();
        assertThat(node(id).awaitEnd()).isZero();
        forget(id);
    }

    /** Waits until a node is no member any more to another one. */
    void awaitGone(String id, String to) {
        await(id + " is gone")
                .atMost(IN_SYNC_PATIENCE)
                .pollInterval(POLL)
                .until(() -> api(to).get("/cluster").json().path("members").findValuesAsText("id").stream()
                        .noneMatch(id::equals));
    }

    /** Counts a node among the cluster's no more. */
    void forget(String id) {
        gone.add(processes.remove(id));
        apis.remove(id);
    }

    /**
     * A cluster that is ready, all of its nodes in touch with each other.
     *
     * @param settings as after {@code --set}, of all nodes
     */
    static LocalCluster start(Path folder, int size, String... settings) {
        return start(Site.LOOPBACK, folder, size, settings);
    }

    /** The same somewhere else. */
    static LocalCluster start(Site site, Path folder, int size, String... settings) {
        LocalCluster cluster = new LocalCluster(site, folder, size, List.of(settings));
        Runtime.getRuntime().addShutdownHook(cluster.lastResort);
        try {
            cluster.startAll();
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    List<String> ids() {
        return List.copyOf(processes.keySet());
    }

    NodeProcess node(String id) {
        return processes.get(id);
    }

    NodeApi api(String id) {
        return apis.get(id);
    }

    /** Where the command line is to ask. */
    String endpoint(String id) {
        return site.address(id) + ":" + httpPorts.get(id);
    }

    int httpPort(String id) {
        return httpPorts.get(id);
    }

    /** Starts whatever does not run; returns when all are ready and in touch. */
    void startAll() {
        processes.values().stream().filter(node -> !node.isRunning()).forEach(NodeProcess::start);
        ids().forEach(this::awaitReady);
        ids().forEach(id -> awaitSeen(id, "active"));
    }

    /** Starts one; returns when it is ready and in touch with the others that run. */
    void start(String id) {
        node(id).start();
        awaitReady(id);
        awaitSeen(id, "active");
    }

    /** Ends all at once (SIGKILL). */
    void killAll() {
        Stream.concat(processes.values().stream(), gone.stream())
                .filter(NodeProcess::isRunning)
                .forEach(NodeProcess::kill);
    }

    /** Kills one; returns when the others know. */
    void kill(String id) {
        node(id).kill();
        awaitSeen(id, "down");
    }

    /** Stops one from running on; returns when the others take it for dead. */
    void pause(String id) {
        node(id).pause();
        awaitSeen(id, "down");
    }

    /** Lets a paused one run on; returns when the others know. */
    void resume(String id) {
        node(id).resume();
        awaitSeen(id, "active");
    }

    /** Waits until each pair of nodes has begun a comparison, after now, that found them alike or made them so. */
    void awaitInSync() {
        Instant now = Instant.now();
        await("all are in sync")
                .atMost(IN_SYNC_PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> isInSyncSince(now));
    }

    private boolean isInSyncSince(Instant then) {
        for (NodeApi api : apis.values()) {
            for (JsonNode peer : api.get("/antientropy").json().path("peers")) {
                JsonNode since = peer.path("in_sync_as_of");
                if (since.isNull() || Instant.parse(since.asText()).isBefore(then)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the logs of all nodes say at this level or above. */
    List<String> problems(String level) {
        return processes.values().stream()
                .flatMap(node -> node.problems(level).stream().map(line -> node.id() + ": " + line))
                .toList();
    }

    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void awaitReady(String id) {
        await(id + " is ready").atMost(PATIENCE).pollInterval(POLL).until(() -> {
            assertThat(node(id).isRunning())
                    .as(() -> id + " runs; it said " + node(id).logLines())
                    .isTrue();
            return answersReady(id);
        });
    }

    private boolean answersReady(String id) {
        return api(id).sendAsync("GET", "/health/ready", "")
                .handle((answer, gone) -> gone == null && answer.status() == 200)
                .join();
    }

    /** Waits until every event loop of every other node that runs sees one in a state. */
    private void awaitSeen(String id, String state) {
        awaitSeen(id, state, PATIENCE);
    }

    private void awaitSeen(String id, String state, Duration patience) {
        for (String other : ids()) {
            if (!other.equals(id) && node(other).isRunning()) {
                await(id + " is " + state + " to " + other)
                        .atMost(patience)
                        .pollInterval(POLL)
                        .until(() -> isSeen(other, id, state));
            }
        }
    }

    private boolean isSeen(String by, String id, String state) {
        List<CompletableFuture<Answer>> views = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> api(by).sendAsync("GET", "/cluster", ""))
                .toList();
        return views.stream()
                .map(CompletableFuture::join)
                .allMatch(view -> stateIn(view, id).equals(state));
    }

    private static String stateIn(Answer view, String id) {
        for (var member : view.json().path("members")) {
            if (member.path("id").asText().equals(id)) {
                return member.path("state").asText();
            }
        }
        return "unknown";
    }

    /** Small machines run several of these: little memory, and no optimizing compiler. Measurements ask for more. */
    private static List<String> command(Path folder, Stream<String> settings) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(JAVA_OPTIONS.split(" ")));
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                // What libraries unpack for a while, a killed process leaves behind.
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        return command;
    }
}
