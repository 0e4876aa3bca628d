package io.quorate.coordinator.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    private final MessageCodec codec = new MessageCodec();

    @Test
    void everyMessageThatCanBeSentIsTried() {
        Set<Class<?>> requests = records(Request.class);
        // The fence travels in the head of the frame.
        requests.remove(Fenced.class);
        assertThat(MessageArbitraries.requests().keySet()).isEqualTo(requests);
        Set<Class<?>> replies = records(Reply.class);
        replies.remove(Lost.class);
        assertThat(MessageArbitraries.replies().keySet()).isEqualTo(replies);
    }

    @Property(tries = 1_000)
    void requestsComeBackAsTheyWere(@ForAll("requests") Request request) {
        byte[] bytes = bytes(request);

        assertThat(codec.readRequest(bytes, 0, bytes.length)).isEqualTo(request);
    }

    @Property(tries = 300)
    void whatOneMessageLeavesBehindDoesNotReachTheNext(
            @ForAll("requests") Request request,
            @ForAll("replies") Reply reply,
            @ForAll byte[] garbage,
            @ForAll int seed) {
        byte[] whole = bytes(request);
        byte[] other = bytes(reply);
        int cut = Math.floorMod(seed, whole.length);

        assertThat(codec.readRequest(whole, 0, whole.length)).isEqualTo(request);
        assertThatThrownBy(() -> codec.readRequest(whole, 0, cut)).isInstanceOf(MalformedException.class);
        assertThat(codec.readReply(other, 0, other.length)).isEqualTo(reply);
        assertThat(outcome(() -> codec.readReply(garbage, 0, garbage.length))).isIn("read", "malformed");
        assertThat(codec.readRequest(whole, 0, whole.length)).isEqualTo(request);
    }

    @Property(tries = 1_000)
    void repliesComeBackAsTheyWere(@ForAll("replies") Reply reply) {
        byte[] bytes = bytes(reply);

        assertThat(codec.readReply(bytes, 0, bytes.length)).isEqualTo(reply);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void handshakesComeBackAsTheyWere(@ForAll("hellos") Hello hello, @ForAll("welcomes") Welcome welcome) {
        byte[] helloBytes = written(out -> codec.write(hello, out));
        byte[] welcomeBytes = written(out -> codec.write(welcome, out));

        assertThat(codec.readHello(helloBytes, 0, helloBytes.length)).isEqualTo(hello);
        assertThat(codec.readWelcome(welcomeBytes, 0, welcomeBytes.length)).isEqualTo(welcome);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aMessageIsReadFromWithinOtherBytes(@ForAll("requests") Request request, @ForAll byte[] around) {
        byte[] bytes = bytes(request);
        byte[] all = Arrays.copyOf(around, around.length * 2 + bytes.length);
        System.arraycopy(bytes, 0, all, around.length, bytes.length);

        assertThat(codec.readRequest(all, around.length, bytes.length)).isEqualTo(request);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void aMessageThatWasCutShortIsMalformed(@ForAll("requests") Request request, @ForAll int seed) {
        byte[] bytes = bytes(request);
        int kept = Math.floorMod(seed, bytes.length);

        assertThatThrownBy(() -> codec.readRequest(bytes, 0, kept)).isInstanceOf(MalformedException.class);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void aDamagedMessageIsReadOrMalformed(@ForAll("replies") Reply reply, @ForAll int at, @ForAll byte value) {
        byte[] bytes = bytes(reply);
        bytes[Math.floorMod(at, bytes.length)] = value;

        assertThat(outcome(() -> codec.readReply(bytes, 0, bytes.length))).isIn("read", "malformed");
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void garbageIsReadOrMalformed(@ForAll byte[] garbage) {
        // As an array of two with a known tag, so that some of it gets past the first byte.
        byte[] likely = Arrays.copyOf(new byte[] {(byte) 0x9F, 0x02}, garbage.length + 2);
        System.arraycopy(garbage, 0, likely, 2, garbage.length);

        assertThat(outcome(() -> codec.readRequest(garbage, 0, garbage.length))).isIn("read", "malformed");
        assertThat(outcome(() -> codec.readRequest(likely, 0, likely.length))).isIn("read", "malformed");
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void fieldsThatANewerVersionAppendedAreSkipped(@ForAll("requests") Request request) throws IOException {
        byte[] bytes = bytes(request);
        int fields = bytes[0] & 0x1F;
        Assume.that((bytes[0] & 0xE0) == 0x80 && fields < 20);
        ByteArrayOutputStream newer = new ByteArrayOutputStream();
        newer.write(0x80 | (fields + 3));
        newer.write(bytes, 1, bytes.length - 1);
        // A number, an array of an array, and a text.
        newer.write(HexFormat.of().parseHex("18ff" + "818201f6" + "6161"));

        assertThat(codec.readRequest(newer.toByteArray(), 0, newer.size())).isEqualTo(request);
    }

    @Test
    void fieldsAppendedToAValueWithinAMessageAreSkipped() {
        byte[] newer = cbor(out -> {
            out.writeStartArray(null, 4);
            out.writeNumber(1);
            out.writeStartArray(null, 3);
            out.writeStartArray(null, 3);
            out.writeString("n1");
            out.writeNumber(7);
            out.writeBoolean(true);
            out.writeEndArray();
            out.writeNumber(9);
            out.writeString("later");
            out.writeEndArray();
            out.writeBinary(new byte[] {1});
            out.writeNumber(1);
            out.writeEndArray();
        });

        assertThat(codec.readReply(newer, 0, newer.length))
                .isEqualTo(new ReplicaReply.Stamped(new Dot(new Actor("n1", 7), 9), Bytes.wrap(new byte[] {1}), 1));
    }

    @Test
    void theFormOfAMessageDoesNotChange() {
        byte[] bytes = bytes(new ReplicaRequest.Fetch(Key.of("users", "alice"), 4096));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("830353" + "77ed47d6eeed28ef" + "757365727300616c696365" + "191000");
    }

    @Test
    void whatIsNoMessageIsMalformed() {
        assertMalformedReply("an unknown tag", out -> array(out, 31));
        assertMalformedReply("a tag that is no number", out -> {
            out.writeStartArray();
            out.writeString("1");
            out.writeEndArray();
        });
        assertMalformedReply("no array", out -> out.writeNumber(2));
        assertMalformedReply("an empty array", out -> array(out));
        assertMalformedReply("a field too few", out -> array(out, 3, 1));
        assertMalformedReply("an unknown reason", out -> array(out, 64, Refused.Reason.values().length));
        assertMalformedReply("a number for a text", out -> array(out, 64, 1, 1));
        assertMalformedReply("two messages", out -> {
            array(out, 2);
            array(out, 2);
        });
        assertMalformedReply("nothing", out -> {});
    }

    @Test
    void aNumberOutOfItsRangeIsMalformed() {
        Key key = Key.of("b", "k");
        assertMalformedRequest("below zero", out -> fetch(out, key, -1L));
        assertMalformedRequest("a tree of no copies", out -> array(out, 99, 7, 0));
        assertMalformedRequest("above 31 bits", out -> fetch(out, key, 1L << 31));
        assertMalformedRequest("beyond 64 bits", out -> {
            out.writeStartArray();
            out.writeNumber(3);
            out.writeBinary(key.encoded().array());
            out.writeNumber(BigInteger.TWO.pow(70));
            out.writeEndArray();
        });
    }

    @Test
    void valuesThatCannotBeAreMalformed() {
        assertMalformedRequest("a key without a separator", out -> {
            out.writeStartArray();
            out.writeNumber(3);
            out.writeBinary(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
            out.writeNumber(1);
            out.writeEndArray();
        });
        assertMalformedReply("members of three partitions", out -> {
            out.writeStartArray();
            out.writeNumber(34);
            out.writeStartArray();
            out.writeString("c");
            out.writeNumber(3);
            out.writeNumber(1);
            array(out);
            out.writeEndArray();
            array(out);
            array(out);
            out.writeEndArray();
        });
    }

    @Test
    void whatIsNestedTooDeeplyIsMalformed() {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 0x81);

        assertThatThrownBy(() -> codec.readReply(bytes, 0, bytes.length)).isInstanceOf(MalformedException.class);
    }

    @Test
    void lengthsThatLieTakeNoRoom() {
        byte[] bytes = HexFormat.of().parseHex("8402" + "5a7fffffff" + "00");

        assertThatThrownBy(() -> codec.readRequest(bytes, 0, bytes.length)).isInstanceOf(MalformedException.class);
    }

    @Test
    void halfACharacterIsSentAsAQuestionMark() {
        byte[] bytes = bytes(new Refused(Refused.Reason.OVERLOADED, "a\uD800b"));

        assertThat(((Refused) codec.readReply(bytes, 0, bytes.length)).detail()).matches("a.b");
    }

    @Test
    void aMessageThatCannotBeWrittenSpoilsNoOther() {
        Key key = Key.of("b", "k");
        assertThatThrownBy(() -> bytes(new ReplicaRequest.Merge(key, null, List.of())))
                .isInstanceOf(IllegalArgumentException.class);

        Request next = new ReplicaRequest.Fetch(key, 1);
        byte[] bytes = bytes(next);
        assertThat(codec.readRequest(bytes, 0, bytes.length)).isEqualTo(next);
    }

    @Provide
    Arbitrary<Request> requests() {
        return Arbitraries.oneOf(MessageArbitraries.requests().values().stream()
                .map(arbitrary -> arbitrary.map(Request.class::cast))
                .toList());
    }

    @Provide
    Arbitrary<Reply> replies() {
        return Arbitraries.oneOf(MessageArbitraries.replies().values().stream()
                .map(arbitrary -> arbitrary.map(Reply.class::cast))
                .toList());
    }

    @Provide
    Arbitrary<Hello> hellos() {
        return MessageArbitraries.hellos();
    }

    @Provide
    Arbitrary<Welcome> welcomes() {
        return MessageArbitraries.welcomes();
    }

    /** An older peer would take a word that it does not know for garbage, and hang up. */
    @Property(tries = 300)
    void noOlderPeerIsToldOfLocalQuorumsOrThreeWayMerges(
            @ForAll("requests") Request request, @ForAll("replies") Reply reply) {
        byte[] asked = written(out -> codec.write(request, 1, out));
        byte[] answered = written(out -> codec.write(reply, 1, out));

        assertThat(codec.readRequest(asked, 0, asked.length).toString())
                .doesNotContain("[label=local_quorum]", "THREE_WAY");
        assertThat(codec.readReply(answered, 0, answered.length).toString())
                .doesNotContain("[label=local_quorum]", "THREE_WAY");
    }

    private byte[] bytes(Request request) {
        return written(out -> codec.write(request, Versions.SPOKEN.newest(), out));
    }

    private byte[] bytes(Reply reply) {
        return written(out -> codec.write(reply, Versions.SPOKEN.newest(), out));
    }

    private static byte[] written(Consumer<ByteArrayOutputStream> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.accept(out);
        return out.toByteArray();
    }

    private static String outcome(Runnable reading) {
        try {
            reading.run();
            return "read";
        } catch (MalformedException e) {
            return "malformed";
        }
    }

    private void assertMalformedReply(String what, CborText text) {
        byte[] bytes = cbor(text);
        assertThatThrownBy(() -> codec.readReply(bytes, 0, bytes.length))
                .as(what)
                .isInstanceOf(MalformedException.class);
    }

    private void assertMalformedRequest(String what, CborText text) {
        byte[] bytes = cbor(text);
        assertThatThrownBy(() -> codec.readRequest(bytes, 0, bytes.length))
                .as(what)
                .isInstanceOf(MalformedException.class);
    }

    private static void fetch(CBORGenerator out, Key key, long wholeBytesMax) throws IOException {
        out.writeStartArray();
        out.writeNumber(3);
        out.writeBinary(key.encoded().array());
        out.writeNumber(wholeBytesMax);
        out.writeEndArray();
    }

    private static void array(CBORGenerator out, int... numbers) throws IOException {
        out.writeStartArray();
        for (int number : numbers) {
            out.writeNumber(number);
        }
        out.writeEndArray();
    }

    private static byte[] cbor(CborText text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator out = new CBORFactory().createGenerator(bytes)) {
            text.write(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static Set<Class<?>> records(Class<?> sealed) {
        Set<Class<?>> records = new LinkedHashSet<>();
        for (Class<?> type : sealed.getPermittedSubclasses()) {
            if (type.isRecord()) {
                records.add(type);
            } else {
                records.addAll(records(type));
            }
        }
        return records;
    }

    /** What a test writes by hand. */
    private interface CborText {
        void write(CBORGenerator out) throws IOException;
    }
}
