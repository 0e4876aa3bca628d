package io.quorate.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.node.cli.client.Endpoint;
import io.quorate.node.cli.client.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyRequestsTest {
    private static final Endpoint NODE = new Endpoint("127.0.0.1", 8101);
    private static final BenchPlan PLAN = new BenchPlan(
            Workload.A,
            "b c",
            10,
            false,
            40,
            true,
            false,
            new BenchPlan.Drive(1, 1, 0, 1, 0),
            new BenchPlan.Terms("?r=1", "?w=all", 1_000));

    private final KeyRequests requests = new KeyRequests(PLAN, 7);

    @Test
    void aReadIsHttp() {
        assertThat(text(requests.get(42)))
                .isEqualTo("GET /kv/b%20c/user0000000042?r=1 HTTP/1.1\r\nHost: 127.0.0.1:8101\r\n\r\n");
    }

    @Test
    void aWriteNamesWhatItHasSeen() {
        assertThat(text(requests.put(3, Optional.of("AQ3"))).lines())
                .containsExactly(
                        "PUT /kv/b%20c/user0000000003?w=all HTTP/1.1",
                        "Content-Type: application/json",
                        "Content-Length: 40",
                        "Host: 127.0.0.1:8101",
                        "Quorate-Context: AQ3",
                        "",
                        "{\"v\":\"c00007xxxxxxxxxxxx00000000000001\"}");
    }

    @Test
    void noTwoValuesAreTheSameAndARetryIs() {
        Message first = requests.put(3, Optional.empty());
        String once = text(first);
        assertThat(text(first)).isEqualTo(once);
        assertThat(text(requests.put(3, Optional.empty()))).isNotEqualTo(once);
    }

    @Test
    void aLongContextFits() {
        String context = "x".repeat(5_000);
        assertThat(text(requests.put(3, Optional.of(context))))
                .contains(context)
                .endsWith("\"}");
    }

    private static String text(Message message) {
        return StandardCharsets.US_ASCII.decode(message.bytes(NODE)).toString();
    }
}
