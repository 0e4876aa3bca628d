package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter err = new StringWriter();

    @Test
    void aValidConfigurationPassesTheCheckSilently() {
        assertThat(execute("--check", "--id", "n7", "--set", "http.port=18101")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aConfigurationErrorIsOneSentenceAndStatusTwo() {
        assertThat(execute("--check", "--set", "http.prot=1")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("node: unknown key http.prot in --set; did you mean http.port?");
    }

    @Test
    void theIdOptionHasTheLastWord() {
        String members = "cluster.members=[{id: n1, peer: a:1, http: a:2}]";
        assertThat(execute("--check", "--id", "n1", "--set", "node.id=other", "--set", members))
                .isZero();
    }

    @Test
    void anUnknownOptionIsOneSentenceAndStatusTwo() {
        assertThat(execute("--port", "1")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("--port");
    }

    private int execute(String... args) {
        CommandLine commandLine = Main.commandLine(Map.of());
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
