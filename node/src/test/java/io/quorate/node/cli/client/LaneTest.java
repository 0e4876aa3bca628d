package io.quorate.node.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void aRequestGoesToTheFirstNodeThatCanBeReached() throws IOException {
        List<Endpoint> endpoints = List.of(started("gone"), started("second"), started("third"));
        // Stopped only now: the port of a server that is gone may be the next one's.
        servers.get(0).stop(0);
        try (Caller caller = new Caller(endpoints)) {
            assertThat(caller.call(Request.of("GET", "/"), 5_000).text()).isEqualTo("second");
            assertThat(caller.call(Request.of("GET", "/"), 5_000).text()).isEqualTo("second");
        }
    }

    @Test
    void aNodeThatIsSilentIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Caller caller = new Caller(List.of(new Endpoint("127.0.0.1", silent.getLocalPort())))) {
            assertThatThrownBy(() -> caller.call(Request.of("GET", "/"), 60)).hasMessage("no answer within 60 ms");
        }
    }

    @Test
    void withNobodyThereTheRequestWasSurelyNotDone() throws IOException {
        Endpoint gone = started("gone");
        servers.get(0).stop(0);
        try (Caller caller = new Caller(List.of(gone, new Endpoint("no.such.host.invalid", 1)))) {
            assertThatThrownBy(() -> caller.call(Request.of("GET", "/"), 5_000))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageStartingWith("cannot reach ");
        }
    }

    @Test
    void oneRequestTriesANodeThatWasDown() {
        Endpoints endpoints = new Endpoints(List.of(new Endpoint("a", 1), new Endpoint("b", 1)));
        endpoints.failed(0, 0);
        assertThat(endpoints.choose(0, 1)).isEqualTo(1);
        long later = TimeUnit.SECONDS.toNanos(2);
        assertThat(endpoints.choose(0, later)).isZero();
        assertThat(endpoints.choose(0, later)).isEqualTo(1);
        endpoints.answered(0);
        assertThat(endpoints.choose(0, later)).isZero();
    }

    private Endpoint started(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, name.length());
            exchange.getResponseBody().write(name.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        servers.add(server);
        return new Endpoint("127.0.0.1", server.getAddress().getPort());
    }
}
