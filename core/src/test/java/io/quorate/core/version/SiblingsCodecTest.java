package io.quorate.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.Garbage;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.version.CausalRun.Flaw;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SiblingsCodecTest {
    private static final Actor A = new Actor("n1", 1);
    private static final Actor B = new Actor("n2", 2);

    @Property(tries = 100)
    void everyStateThatARunReachesComesBackEqual(@ForAll long seed) {
        for (Siblings state : new CausalRun(seed, 4, Flaw.NONE, true).run(60)) {
            Bytes encoded = SiblingsCodec.encode(state);
            assertThat(SiblingsCodec.decode(encoded)).isEqualTo(state);
            assertThat(SiblingsCodec.encode(SiblingsCodec.decode(encoded))).isEqualTo(encoded);
        }
    }

    @Property(tries = 100)
    void equalStatesHaveEqualBytesAndOthersDoNot(@ForAll long seed) {
        List<Siblings> states = new CausalRun(seed, 3, Flaw.NONE, true).run(30);
        for (Siblings a : states) {
            for (Siblings b : states) {
                assertThat(SiblingsCodec.encode(a).equals(SiblingsCodec.encode(b)))
                        .isEqualTo(a.equals(b));
                assertThat(SiblingsCodec.encode(a.merge(b))).isEqualTo(SiblingsCodec.encode(b.merge(a)));
            }
        }
    }

    @Property(tries = 200)
    void valuesOfAnyBytesComeBack(@ForAll @Size(max = 300) byte[] value) {
        Siblings state = Siblings.EMPTY.stamp(Context.EMPTY, version(Optional.of(Bytes.wrap(value))), 3);
        assertThat(SiblingsCodec.decode(SiblingsCodec.encode(state))).isEqualTo(state);
    }

    /** What nodes stored before values could expire is what they store still where none does. */
    @Test
    void onlyWhatExpiresTakesTheNewerFormat() {
        RequestId request = new RequestId(0, 1);
        Sibling plain = new Sibling(new Dot(A, 1), request, Optional.of(Bytes.utf8("1")));
        Sibling expiring = new Sibling(new Dot(A, 1), request, plain.value(), 1_000);
        Bytes old = SiblingsCodec.encode(Siblings.EMPTY.stamp(Context.EMPTY, plain, 3));

        assertThat(HexFormat.of().formatHex(old.array()))
                .isEqualTo("0103" + "01026e310000000000000001" + "01000000000000000001" + "00" + "01000000000000000001"
                        + "0000000000000000" + "0000000000000001" + "010131" + "00");
        assertThat(SiblingsCodec.mayExpire(old)).isFalse();
        for (Sibling version : List.of(expiring, expiring.expired())) {
            Siblings state = Siblings.EMPTY.stamp(Context.EMPTY, version, 3);
            Bytes encoded = SiblingsCodec.encode(state);
            assertThat(encoded.array()[0]).isEqualTo((byte) 2);
            assertThat(SiblingsCodec.mayExpire(encoded)).isTrue();
            assertThat(SiblingsCodec.decode(encoded)).isEqualTo(state);
            byte[] mislabelled = encoded.array().clone();
            mislabelled[0] = 1;
            assertThatThrownBy(() -> SiblingsCodec.decode(Bytes.wrap(mislabelled)))
                    .isInstanceOf(MalformedException.class);
        }
        byte[] needless = old.array().clone();
        needless[0] = 2;
        assertThatThrownBy(() -> SiblingsCodec.decode(Bytes.wrap(needless))).isInstanceOf(MalformedException.class);
    }

    /** With and without an expiring version beside it. */
    @Test
    void ancestorsTakeAFormatOfTheirOwn() {
        Ancestor base = new Ancestor(
                List.of(
                        new Receipt(new RequestId(0, 1), new Dot(A, 1)),
                        new Receipt(new RequestId(0, 2), new Dot(B, 1))),
                Bytes.utf8("{}"));
        Sibling made = new Sibling(new Dot(A, 3), new RequestId(0, 3), Optional.of(Bytes.utf8("1")))
                .withAncestors(List.of(base, new Ancestor(base.writes().subList(0, 1), Bytes.utf8("0"))));
        Sibling expiring = new Sibling(new Dot(B, 4), new RequestId(0, 4), Optional.of(Bytes.utf8("2")), 1_000);
        Siblings one = Siblings.EMPTY.stamp(Context.EMPTY, made, 3);
        Siblings two = one.stamp(Context.EMPTY, expiring, 3);

        for (Siblings state : List.of(one, two)) {
            boolean expires = state.versions().contains(expiring);
            Bytes encoded = SiblingsCodec.encode(state);
            assertThat(encoded.array()[0]).isEqualTo((byte) (expires ? 4 : 3));
            assertThat(SiblingsCodec.mayExpire(encoded)).isEqualTo(expires);
            assertThat(SiblingsCodec.decode(encoded)).isEqualTo(state);
            byte[] mislabelled = encoded.array().clone();
            mislabelled[0] = (byte) (expires ? 2 : 1);
            assertThatThrownBy(() -> SiblingsCodec.decode(Bytes.wrap(mislabelled)))
                    .isInstanceOf(MalformedException.class);
            Garbage.like(encoded, new Random(1), bytes -> {
                Siblings decoded;
                try {
                    decoded = SiblingsCodec.decode(bytes);
                } catch (MalformedException refused) {
                    return;
                }
                assertThat(SiblingsCodec.encode(decoded)).isEqualTo(bytes);
            });
        }
        assertThat(made.expired().ancestors())
                .as("nothing of a value outlives it")
                .isEmpty();
    }

    @Property(tries = 60)
    void acceptsNothingButWhatItWrites(@ForAll long seed) {
        List<Siblings> states = new CausalRun(seed, 3, Flaw.NONE, true).run(20);
        Garbage.like(SiblingsCodec.encode(states.get(states.size() - 1)), new Random(seed), bytes -> {
            Siblings decoded;
            try {
                decoded = SiblingsCodec.decode(bytes);
            } catch (MalformedException refused) {
                return;
            }
            assertThat(SiblingsCodec.encode(decoded)).isEqualTo(bytes);
        });
    }

    @Test
    void refusesStatesThatAreNotInNormalForm() {
        refuses("unknown format", new ByteWriter().int8(5));
        refuses("no format", new ByteWriter().int8(0));
        refuses(
                "vector out of order",
                actors(0)
                        .varint(2)
                        .raw(dot(1, 5))
                        .raw(dot(0, 5))
                        .varint(0)
                        .varint(0)
                        .varint(0));
        refuses(
                "vector twice",
                actors(0)
                        .varint(3)
                        .raw(dot(0, 5))
                        .raw(dot(0, 6))
                        .raw(dot(1, 5))
                        .varint(0)
                        .varint(0)
                        .varint(0));
        refuses(
                "cloud out of order",
                actors(0)
                        .varint(0)
                        .varint(2)
                        .raw(dot(1, 5))
                        .raw(dot(0, 5))
                        .varint(0)
                        .varint(0));
        refuses(
                "cloud covered",
                actors(0)
                        .varint(2)
                        .raw(dot(0, 5))
                        .raw(dot(1, 5))
                        .varint(1)
                        .raw(dot(0, 4))
                        .varint(0)
                        .varint(0));
        refuses(
                "actor without a dot",
                actors(0).varint(1).raw(dot(0, 5)).varint(0).varint(0).varint(0));
        refuses(
                "unknown actor",
                actors(0)
                        .varint(2)
                        .raw(dot(0, 5))
                        .raw(dot(2, 5))
                        .varint(0)
                        .varint(0)
                        .varint(0));
        refuses(
                "no counter",
                actors(0)
                        .varint(2)
                        .raw(dot(0, 5))
                        .raw(dot(1, 0))
                        .varint(0)
                        .varint(0)
                        .varint(0));
        refuses("version outside", vector().varint(1).raw(versionOf(dot(0, 6))).varint(0));
        refuses(
                "versions out of order",
                vector().varint(2)
                        .raw(versionOf(dot(1, 5)))
                        .raw(versionOf(dot(0, 5)))
                        .varint(0));
        refuses(
                "version twice",
                vector().varint(2)
                        .raw(versionOf(dot(0, 5)))
                        .raw(versionOf(dot(0, 5)))
                        .varint(0));
        refuses(
                "receipts out of order",
                vector().varint(0).varint(2).raw(receipt(dot(0, 5))).raw(receipt(dot(1, 6))));
        refuses(
                "receipt twice",
                vector().varint(0).varint(2).raw(receipt(dot(0, 5))).raw(receipt(dot(0, 5))));
        ByteWriter many = vector().varint(0).varint(Siblings.RECEIPTS_MAX + 1);
        for (int i = Siblings.RECEIPTS_MAX; i >= 0; i--) {
            many.raw(receipt(dot(0, 1 + i)));
        }
        refuses("too many receipts", many);
        ByteWriter good = vector().varint(1).raw(versionOf(dot(0, 5))).varint(1).raw(receipt(dot(0, 5)));
        assertThat(SiblingsCodec.decode(good.toBytes()).versions()).hasSize(1);
    }

    @Test
    void theBytesOfAStateNeverChange() {
        Siblings state = Siblings.EMPTY
                .stamp(
                        new Context(VersionVector.EMPTY, List.of(new Dot(B, 6))),
                        version(Optional.of(Bytes.utf8("{}"))),
                        3)
                .withReceipt(new Receipt(new RequestId(3, 4), new Dot(B, 6)));
        Bytes tombstone = SiblingsCodec.encode(Siblings.EMPTY.stamp(Context.EMPTY, version(Optional.empty()), 1));
        assertThat(HexFormat.of().formatHex(SiblingsCodec.encode(state).array()))
                .isEqualTo("010302026e310000000000000001026e320000000000000002"
                        + "01000000000000000005010100000000000000060100000000000000000500000000000000010000000000000002"
                        + "01027b7d0100000000000000030000000000000004010000000000000006");
        assertThat(HexFormat.of().formatHex(tombstone.array()))
                .isEqualTo("010101026e3100000000000000010100000000000000000500010000000000000000"
                        + "05000000000000000100000000000000020000");
    }

    private static Sibling version(Optional<Bytes> value) {
        return new Sibling(new Dot(A, 5), new RequestId(1, 2), value);
    }

    private static void refuses(String why, ByteWriter state) {
        assertThatThrownBy(() -> SiblingsCodec.decode(state.toBytes())).as(why).isInstanceOf(MalformedException.class);
    }

    /** A state of n copies with the actors A and B; the context is to follow. */
    private static ByteWriter actors(int n) {
        return new ByteWriter()
                .int8(1)
                .varint(n)
                .varint(2)
                .utf8("n1")
                .int64(1)
                .utf8("n2")
                .int64(2);
    }

    /** The same with a vector; the versions are to follow. */
    private static ByteWriter vector() {
        return actors(3).varint(2).raw(dot(0, 5)).raw(dot(1, 6)).varint(0);
    }

    private static byte[] dot(int actor, long counter) {
        return new ByteWriter().varint(actor).int64(counter).toBytes().array();
    }

    private static byte[] versionOf(byte[] dot) {
        return new ByteWriter().raw(dot).int64(0).int64(1).int8(0).toBytes().array();
    }

    private static byte[] receipt(byte[] dot) {
        return new ByteWriter().int64(0).int64(1).raw(dot).toBytes().array();
    }
}
