package io.quorate.node.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ChangeTextTest {
    @Test
    void howFarItIsAndHowLongItWillTake() throws JsonProcessingException {
        assertThat(text("""
                {"member":"n4","step":"joining","waits_for":["n4"],"next":["n5","n6"],"partitions_to_copy":192,
                 "partitions_copied":57,"running_seconds":71,"seconds_left":169,"copying":{}}"""))
                .isEqualTo(
                        "n4 is joining: 57 of 192 partitions copied (29 %); running for 1 min 11 s; about 2 min 49 s left;"
                                + " waits for n4; then n5, n6");
    }

    @Test
    void whatIsNotKnownYetAndWhatIsLeftAtTheEnd() throws JsonProcessingException {
        assertThat(text("""
                {"member":"n4","step":"joining","waits_for":[],"next":[],"partitions_to_copy":8,"partitions_copied":0,
                 "running_seconds":0,"seconds_left":null}"""))
                .isEqualTo("n4 is joining: 0 of 8 partitions copied (0 %); running for 0 s; time left not known yet");
        assertThat(text("""
                {"member":"n4","step":"admitted","waits_for":[],"next":[],"partitions_to_copy":8,"partitions_copied":8,
                 "running_seconds":9,"seconds_left":0}"""))
                .isEqualTo("n4 is admitted: 8 of 8 partitions copied (100 %); running for 9 s; all is copied");
    }

    @Test
    void anOlderNodeTellsLess() throws JsonProcessingException {
        assertThat(text("{\"member\":\"n4\",\"step\":\"leaving\",\"waits_for\":[\"n1\"]}"))
                .isEqualTo("n4 is leaving; waits for n1");
    }

    private static String text(String change) throws JsonProcessingException {
        return ChangeText.of(new ObjectMapper().readTree(change));
    }
}
