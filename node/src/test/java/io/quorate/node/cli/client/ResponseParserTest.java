package io.quorate.node.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
    private static final String COUNTED =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nQUORATE-context:  AQ3 \r\ncontent-length: 5\r\n\r\nhello";
    private static final String CHUNKED = String.join(
            "\r\n",
            "HTTP/1.1 300 Multiple Choices",
            "Transfer-Encoding: chunked",
            "",
            "2",
            "he",
            "3;x=y",
            "llo",
            "0",
            "Trailer: 1",
            "",
            "");

    private final ResponseParser parser = new ResponseParser();

    @Property(tries = 200)
    void piecesMakeTheSameAnswer(@ForAll @IntRange(min = 1, max = 60) int size, @ForAll boolean chunked)
            throws IOException {
        ResponseParser pieces = new ResponseParser();
        byte[] bytes = (chunked ? CHUNKED : COUNTED).getBytes(StandardCharsets.ISO_8859_1);
        for (int start = 0; start < bytes.length; start += size) {
            int length = Math.min(size, bytes.length - start);
            boolean complete = pieces.feed(ByteBuffer.wrap(bytes, start, length));
            assertThat(complete).isEqualTo(start + length == bytes.length);
        }
        assertThat(pieces.response().status()).isEqualTo(chunked ? 300 : 200);
        assertThat(pieces.response().text()).isEqualTo("hello");
        assertThat(pieces.response().context().isPresent()).isEqualTo(!chunked);
    }

    @Test
    void headersAreReadWhateverTheirCase() throws IOException {
        assertThat(feed(COUNTED)).isTrue();
        assertThat(parser.response().context()).contains("AQ3");
        assertThat(parser.response().head.keepAlive()).isTrue();
    }

    @Test
    void theParserIsUsedAgain() throws IOException {
        feed(CHUNKED);
        parser.reset();
        assertThat(feed("HTTP/1.1 204 No Content\r\n\r\n")).isTrue();
        assertThat(parser.response().text()).isEmpty();
    }

    @Test
    void anInterimAnswerIsPassedOver() throws IOException {
        assertThat(feed("HTTP/1.1 100 Continue\r\n\r\n" + COUNTED)).isTrue();
        assertThat(parser.response().status()).isEqualTo(200);
    }

    @Test
    void anAnswerWithoutALengthEndsWithTheConnection() throws IOException {
        assertThat(feed("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhel")).isFalse();
        feed("lo");
        parser.end();
        assertThat(parser.response().text()).isEqualTo("hello");
        assertThat(parser.response().head.keepAlive()).isFalse();
    }

    @Test
    void anAnswerThatBreaksOffIsLost() throws IOException {
        feed(COUNTED.substring(0, COUNTED.length() - 1));
        assertThatThrownBy(parser::end).isInstanceOf(IOException.class).hasMessage("the connection was closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
            })
    void whatIsNoHttpIsRefused(String text) {
        assertThatThrownBy(() -> feed(text)).isInstanceOf(IOException.class);
    }

    private boolean feed(String text) throws IOException {
        return parser.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
