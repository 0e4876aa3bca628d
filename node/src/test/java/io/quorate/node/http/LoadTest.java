package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Every bound of the HTTP side, and what is answered at it. */
class LoadTest {
    private static final HttpLimits LIMITS = new HttpLimits(1 << 20, 1_024, 3, 1_000, 8, 1 << 20, 75_000);
    private static final String KEY = "/kv/b/k";

    private final List<RawConnection> connections = new ArrayList<>();
    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(LIMITS);
    }

    @AfterEach
    void stop() throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
        node.close();
    }

    @Test
    void oneRequestTooManyIsRefusedAndTheOthersAreAnswered() throws IOException {
        node.coordinator.waiting = true;
        for (int i = 0; i < 3; i++) {
            connect().send("GET", KEY, new byte[0]);
        }
        await().until(() -> node.requestsInFlight() == 3);

        for (String[] refused : new String[][] {{"GET", KEY}, {"PUT", KEY}, {"DELETE", KEY}, {"GET", "/kv/b"}}) {
            assertOverloaded(node.send(refused[0], refused[1], new byte[] {'1'}));
        }
        assertThat(node.coordinator.writes).hasValue(0);
        assertThat(node.send("GET", "/health/live").status()).isEqualTo(200);
        assertThat(node.send("GET", "/metrics").status()).isEqualTo(200);

        node.release();
        for (RawConnection connection : connections) {
            assertThat(connection.receive("GET").status()).isEqualTo(404);
        }
        assertThat(node.requestsInFlight()).isZero();
    }

    @Test
    void bodiesTogetherHaveALimitToo() throws IOException {
        RawConnection first = connect();
        first.sendHead("PUT", KEY, "Content-Length: 900");
        first.sendBytes(digits(600));
        await().until(() -> node.requestsInFlight() == 1);

        await().until(() -> node.send("PUT", KEY, digits(500)).status() == 429);
        assertOverloaded(node.send("PUT", KEY, digits(500)));

        first.sendBytes(digits(300));
        assertThat(first.receive("PUT").status()).isEqualTo(200);
        assertThat(node.send("PUT", KEY, digits(500)).status()).isEqualTo(200);
    }

    @Test
    void aConnectionTooManyIsClosed() throws IOException {
        for (int i = 0; i < LIMITS.connectionsMax(); i++) {
            RawConnection connection = connect();
            connection.send("GET", KEY, new byte[0]);
            assertThat(connection.receive("GET").status()).isEqualTo(404);
        }

        assertThatThrownBy(() -> node.send("GET", KEY)).isInstanceOf(IOException.class);

        connections.get(0).close();
        await().ignoreExceptions().until(() -> node.send("GET", KEY).status() == 404);
    }

    @Test
    void aClientThatDoesNotReadItsAnswersWaits() throws IOException {
        int requests = 200;
        node.close();
        node = TestNode.start();
        String value = "\"" + "x".repeat(1_000_000) + "\"";
        node.send("PUT", KEY, value.getBytes(StandardCharsets.UTF_8));
        RawConnection connection = connect();
        for (int i = 0; i < requests; i++) {
            connection.send("GET", KEY, new byte[0]);
        }

        for (int i = 0; i < requests; i++) {
            assertThat(connection.receive("GET").status()).isEqualTo(200);
            // Beyond what was read, there is what the sockets hold.
            assertThat(node.coordinator.reads).hasValueLessThan(i + requests / 4);
        }
        assertThat(node.coordinator.reads).hasValue(requests);
    }

    @Test
    void anAnswerToAClientThatIsGoneIsDroppedQuietly() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        node.coordinator.waiting = true;
        connect().send("GET", KEY, new byte[0]);
        RawConnection second = connect();
        second.send("PUT", KEY, digits(10));
        await().until(() -> node.requestsInFlight() == 2);

        connections.get(0).close();
        second.close();
        await().until(() -> node.connections() == 0);
        node.release();

        assertThat(node.requestsInFlight()).isZero();
        root.detachAppender(log);
        assertThat(log.list).isEmpty();
    }

    @Test
    void aShutdownWaitsForTheAnswersThatAreOwed() throws IOException {
        node.coordinator.waiting = true;
        RawConnection connection = connect();
        connection.send("GET", KEY, new byte[0]);
        await().until(() -> node.requestsInFlight() == 1);

        Future<Void> closed = node.shutdown(Duration.ofSeconds(10));
        assertThat(closed.isComplete()).isFalse();
        node.release();

        assertThat(connection.receive("GET").status()).isEqualTo(404);
        assertThat(connection.isClosedByServer()).isTrue();
        TestNode.await(closed);
    }

    private RawConnection connect() throws IOException {
        RawConnection connection = node.connect();
        connections.add(connection);
        return connection;
    }

    private static void assertOverloaded(Answer answer) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("overloaded");
        assertThat(answer.headers()).containsEntry("retry-after", "1");
    }

    private static byte[] digits(int length) {
        return "7".repeat(length).getBytes(StandardCharsets.UTF_8);
    }
}
