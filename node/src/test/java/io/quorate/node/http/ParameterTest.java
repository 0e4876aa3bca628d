package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.Dot;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule of every query parameter and request header. */
class ParameterTest {
    private static final TestNode NODE = TestNode.start();

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @BeforeEach
    void reset() {
        NODE.reset();
    }

    @Test
    void aReadWithoutParametersHasTheDefaults() throws IOException {
        NODE.send("GET", "/kv/b/k?");

        assertThat(NODE.coordinator.lastRead).isEqualTo(ReadOptions.DEFAULT);
    }

    @Test
    void aReadIsDoneAsItsParametersSay() throws IOException {
        NODE.send("GET", "/kv/b/k?n=all&r=one&sloppy=false&timeout=250ms&read_repair=sync");

        assertThat(NODE.coordinator.lastRead)
                .isEqualTo(new ReadOptions(
                        Optional.of(Quorum.ALL),
                        Optional.of(Quorum.ONE),
                        Optional.of(false),
                        250,
                        ReadRepair.SYNC,
                        Context.EMPTY));
    }

    @Test
    void aReadAndAWriteMayAskForAQuorumOfTheNodesZone() throws IOException {
        NODE.send("GET", "/kv/b/k?r=local_quorum");
        put("/kv/b/k?w=local_quorum");

        assertThat(NODE.coordinator.lastRead).isEqualTo(ReadOptions.DEFAULT.withR(Quorum.LOCAL));
        assertThat(NODE.coordinator.lastWrite).isEqualTo(WriteOptions.DEFAULT.withW(Quorum.LOCAL));
    }

    @Test
    void aReadMayBeToldWhatItMustReflect() throws IOException {
        Context known = Context.EMPTY.withDot(new Dot(new Actor("n1", 7), 9));

        NODE.send("GET", "/kv/b/k?at_least=" + ContextCodec.toToken(known, Key.of("b", "k")));

        assertThat(NODE.coordinator.lastRead).isEqualTo(ReadOptions.DEFAULT.withAtLeast(known));
    }

    @Test
    void aWriteWithoutParametersHasTheDefaults() throws IOException {
        put("/kv/b/k");

        assertThat(NODE.coordinator.lastWrite).isEqualTo(WriteOptions.DEFAULT);
    }

    @Test
    void aWriteIsDoneAsItsParametersAndHeadersSay() throws IOException {
        Answer first = put("/kv/b/k");
        Answer second = put(
                "/kv/b/k?n=5&w=quorum&sloppy=true&timeout=60s&context=" + first.context(),
                "Idempotency-Key: order 66/a");

        assertThat(second.status()).isEqualTo(200);
        WriteOptions options = NODE.coordinator.lastWrite;
        assertThat(options.n()).contains(new Quorum.Count(5));
        assertThat(options.w()).contains(Quorum.MAJORITY);
        assertThat(options.sloppy()).contains(true);
        assertThat(options.timeoutMillis()).isEqualTo(60_000);
        assertThat(options.context().cloud()).hasSize(1);
        assertThat(options.idempotencyKey()).contains("order 66/a");
    }

    @Test
    void aDeleteTakesWhatAPutTakes() throws IOException {
        Answer first = put("/kv/b/k");
        NODE.send(
                "DELETE",
                "/kv/b/k?n=3&w=1&sloppy=false&timeout=1ms",
                "Quorate-Context: " + first.context(),
                "Idempotency-Key: x");

        WriteOptions options = NODE.coordinator.lastWrite;
        assertThat(options.w()).contains(new Quorum.Count(1));
        assertThat(options.timeoutMillis()).isEqualTo(1);
        assertThat(options.context().cloud()).hasSize(1);
        assertThat(options.idempotencyKey()).contains("x");
    }

    @Test
    void aListingTakesALimitAndATimeout() throws IOException {
        NODE.send("GET", "/kv/b?limit=1000&timeout=3s");
        assertThat(NODE.coordinator.lastListLimit).isEqualTo(1_000);
        assertThat(NODE.coordinator.lastTimeoutMillis).isEqualTo(3_000);

        NODE.send("GET", "/kv/b");
        assertThat(NODE.coordinator.lastListLimit).isEqualTo(100);
        assertThat(NODE.coordinator.lastTimeoutMillis).isEqualTo(2_000);
    }

    @ParameterizedTest
    @CsvSource({
        // unknown, repeated, or without meaning where they stand
        "GET,/kv/b/k?x=1,x",
        "GET,/kv/b/k?R=1,R",
        "PUT,/kv/b/k?q,q",
        "DELETE,/kv/b/k?force=true,force",
        "GET,/kv/b?x=1,x",
        "GET,/inspect/b/k?x=1,x",
        "GET,/cluster?x=1,x",
        "GET,/cluster/ring?r=1,r",
        "GET,/health/live?x=1,x",
        "GET,/metrics?x=1,x",
        "GET,/buckets?x=1,x",
        "GET,/buckets/b?n=1,n",
        "PUT,/buckets/b?n=1,n",
        "DELETE,/buckets/b?n=1,n",
        "GET,/kv/b/k?r=1&r=1,r",
        "GET,/kv/b/k?r=1&%72=2,r",
        "PUT,/kv/b/k?timeout=1s&timeout=2s,timeout",
        "GET,/kv/b/k?w=1,w",
        "HEAD,/kv/b/k?w=1,w",
        "GET,/kv/b/k?context=x,context",
        "GET,/kv/b/k?limit=1,limit",
        "GET,/kv/b/k?ttl=1s,ttl",
        "PUT,/kv/b/k?read_repair=off,read_repair",
        "PUT,/kv/b/k?at_least=x,at_least",
        "DELETE,/kv/b/k?read_repair=off,read_repair",
        "DELETE,/kv/b/k?ttl=1s,ttl",
        "GET,/kv/b?n=1,n",
        "GET,/kv/b?sloppy=true,sloppy",
        // malformed
        "GET,/kv/b/k?n=,n",
        "GET,/kv/b/k?n=one,n",
        "GET,/kv/b/k?n=quorum,n",
        "GET,/kv/b/k?n=2.0,n",
        "GET,/kv/b/k?r=,r",
        "GET,/kv/b/k?r=abc,r",
        "GET,/kv/b/k?r=ALL,r",
        "GET,/kv/b/k?r=+1,r",
        "GET,/kv/b/k?r=1%20,r",
        "PUT,/kv/b/k?w=two,w",
        "DELETE,/kv/b/k?w=two,w",
        "GET,/kv/b/k?sloppy=,sloppy",
        "GET,/kv/b/k?sloppy,sloppy",
        "GET,/kv/b/k?sloppy=TRUE,sloppy",
        "GET,/kv/b/k?sloppy=1,sloppy",
        "GET,/kv/b/k?timeout=,timeout",
        "GET,/kv/b/k?timeout=2,timeout",
        "GET,/kv/b/k?timeout=0ms,timeout",
        "GET,/kv/b/k?timeout=61s,timeout",
        "GET,/kv/b/k?timeout=60001ms,timeout",
        "GET,/kv/b/k?timeout=1.5s,timeout",
        "GET,/kv/b/k?timeout=-1s,timeout",
        "GET,/kv/b/k?timeout=2m,timeout",
        "GET,/kv/b/k?timeout=99999999999999s,timeout",
        "GET,/kv/b/k?read_repair=no,read_repair",
        "GET,/kv/b/k?read_repair=,read_repair",
        "GET,/kv/b?limit=0,limit",
        "GET,/kv/b?limit=-1,limit",
        "GET,/kv/b?limit=1001,limit",
        "GET,/kv/b?limit=many,limit",
        "GET,/kv/b?after=,after",
        "GET,/kv/b?after=AAAAAAAA,after",
        "GET,/kv/b?after=%20,after"
    })
    void aWrongParameterIsNamedAndNothingIsDone(String method, String target, String parameter) throws IOException {
        Answer answer = NODE.send(method, target, method.equals("PUT") ? new byte[] {'1'} : new byte[0]);

        assertThat(answer.status()).isEqualTo(400);
        if (!method.equals("HEAD")) {
            assertThat(answer.code()).isEqualTo("invalid_parameter");
            assertThat(answer.error().getString("parameter")).isEqualTo(parameter);
            assertThat(answer.error().getString("message")).contains("'" + parameter + "'");
        }
        assertThat(NODE.coordinator.reads.get() + NODE.coordinator.writes.get()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/kv/b/k?r=0",
        "GET,/kv/b/k?r=-1",
        "GET,/kv/b/k?r=00",
        "GET,/kv/b/k?r=1000",
        "GET,/kv/b/k?n=0",
        "GET,/kv/b/k?n=-3",
        "GET,/kv/b/k?n=99999999999999999",
        "PUT,/kv/b/k?w=0",
        "PUT,/kv/b/k?r=0",
        "PUT,/kv/b/k?r=4",
        "PUT,/kv/b/k?n=2&r=3",
        "PUT,/kv/b/k?n=all&r=6",
        "DELETE,/kv/b/k?w=-1",
        "DELETE,/kv/b/k?r=4"
    })
    void aNumberThatCanBeNoQuorumIsRefused(String method, String target) throws IOException {
        Answer answer = NODE.send(method, target, method.equals("PUT") ? new byte[] {'1'} : new byte[0]);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_quorum");
        assertThat(NODE.coordinator.reads.get() + NODE.coordinator.writes.get()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"?r=3", "?n=5&r=5", "?n=all&r=all", "?n=1&r=quorum"})
    void aWriteMaySayAtWhichRItsConditionsAreRead(String query) throws IOException {
        assertThat(put("/kv/b/k" + query).status()).isEqualTo(200);
    }

    @Test
    void theQueryIsDecodedStrictly() throws IOException {
        assertThat(NODE.send("GET", "/kv/b/k?%72=%31&&").status()).isEqualTo(404);
        assertThat(NODE.coordinator.lastRead.r()).contains(new Quorum.Count(1));
        assertThat(NODE.send("GET", "/kv/b/k?r=%zz").code()).isEqualTo("invalid_parameter");
    }

    @Test
    void aContextIsOfOneKeyAndUndamaged() throws IOException {
        String token = put("/kv/b/k").context();
        String damaged = (token.startsWith("B") ? "C" : "B") + token.substring(1);

        assertThat(put("/kv/b/k?context=" + token).status()).isEqualTo(200);
        assertThat(put("/kv/b/k", "Quorate-Context:  " + token + " ").status()).isEqualTo(200);
        assertThat(put("/kv/b/k?context=" + token, "Quorate-Context: " + token).status())
                .isEqualTo(200);
        NODE.coordinator.writes.set(0);
        assertThat(put("/kv/b/other?context=" + token).code()).isEqualTo("invalid_context");
        assertThat(put("/kv/c/k?context=" + token).code()).isEqualTo("invalid_context");
        assertThat(put("/kv/b/k?context=" + damaged).code()).isEqualTo("invalid_context");
        assertThat(put("/kv/b/k?context=").code()).isEqualTo("invalid_context");
        assertThat(put("/kv/b/k?context=%20").code()).isEqualTo("invalid_context");
        assertThat(put("/kv/b/k", "Quorate-Context: what?").code()).isEqualTo("invalid_context");
        assertThat(put("/kv/b/k?context=" + token, "Quorate-Context: " + token + "A")
                        .code())
                .isEqualTo("invalid_context");
        assertThat(put("/kv/b/k", "Quorate-Context: " + "A".repeat(20_000)).code())
                .isEqualTo("invalid_context");
        assertThat(put("/kv/b/k", "Quorate-Context: " + token, "Quorate-Context: " + token)
                        .code())
                .isEqualTo("invalid_parameter");
        assertThat(NODE.coordinator.writes).hasValue(0);
    }

    @Test
    void anIdempotencyKeyIsShortAndPrintable() throws IOException {
        assertThat(put("/kv/b/k", "Idempotency-Key: " + "x".repeat(64)).status())
                .isEqualTo(200);
        NODE.coordinator.writes.set(0);
        assertThat(put("/kv/b/k", "Idempotency-Key: " + "x".repeat(65)).code()).isEqualTo("invalid_parameter");
        assertThat(put("/kv/b/k", "Idempotency-Key: ").code()).isEqualTo("invalid_parameter");
        assertThat(put("/kv/b/k", "Idempotency-Key: \u00e9").code()).isEqualTo("invalid_parameter");
        assertThat(put("/kv/b/k", "Idempotency-Key: a", "Idempotency-Key: b").code())
                .isEqualTo("invalid_parameter");
        assertThat(NODE.coordinator.writes).hasValue(0);
    }

    private static Answer put(String target, String... headers) throws IOException {
        return NODE.send("PUT", target, new byte[] {'1'}, headers);
    }
}
