package io.quorate.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.codec.Garbage;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.version.CausalRun.Flaw;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextCodecTest {
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final Key KEY = Key.of("users", "alice");
    private static final Context CONTEXT = new Context(
            VersionVector.of(List.of(new Dot(new Actor("n1", 7), 5), new Dot(new Actor("n2", 8), 6))),
            List.of(new Dot(new Actor("n2", 8), 9)));

    @Property(tries = 100)
    void everyContextThatARunReachesComesBackEqual(@ForAll long seed) {
        for (Siblings state : new CausalRun(seed, 4, Flaw.NONE, true).run(60)) {
            Context context = state.context();
            assertThat(ContextCodec.fromBytes(ContextCodec.bytes(context))).isEqualTo(context);
            assertThat(ContextCodec.fromToken(ContextCodec.toToken(context, KEY), KEY))
                    .isEqualTo(context);
        }
    }

    @Property(tries = 60)
    void acceptsNothingButWhatItWrites(@ForAll long seed) {
        List<Siblings> states = new CausalRun(seed, 3, Flaw.NONE, true).run(20);
        Bytes good = ContextCodec.bytes(states.get(states.size() - 1).context());
        Garbage.like(good, new Random(seed), bytes -> {
            Context decoded;
            try {
                decoded = ContextCodec.fromBytes(bytes);
            } catch (MalformedException refused) {
                return;
            }
            assertThat(ContextCodec.bytes(decoded)).isEqualTo(bytes);
        });
    }

    /** Names of three lengths, so that the last character of the token carries six, four and two bits. */
    @ParameterizedTest
    @ValueSource(strings = {"n", "nn", "nnn"})
    void aTokenWithAnyCharacterChangedIsRefused(String node) {
        String token = ContextCodec.toToken(Context.EMPTY.withDot(new Dot(new Actor(node, 1), 1)), KEY);
        for (int i = 0; i < token.length(); i++) {
            for (int j = 0; j < BASE64.length(); j++) {
                char other = BASE64.charAt(j);
                if (other != token.charAt(i)) {
                    refuses(token.substring(0, i) + other + token.substring(i + 1));
                }
            }
            refuses(token.substring(0, i));
            refuses(token.substring(0, i) + token.substring(i + 1));
            refuses(token.substring(0, i) + "=" + token.substring(i));
        }
        refuses(token + "=");
        refuses(token + "==");
    }

    @Property(tries = 1000)
    void wordsOfStrangersAreRefused(@ForAll @StringLength(max = 100) String text) {
        refuses(text);
        refuses(Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Bytes.utf8(text).array()));
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        String token = ContextCodec.toToken(CONTEXT, KEY);
        assertThat(ContextCodec.fromToken(token, Key.of("users", "alice"))).isEqualTo(CONTEXT);
        for (Key other : List.of(Key.of("users", "bob"), Key.of("user", "salice"), Key.of("users", "alice "))) {
            assertThatThrownBy(() -> ContextCodec.fromToken(token, other)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aTokenThatIsTooLongIsRefusedUnread() {
        List<Dot> dots = new ArrayList<>();
        for (int i = 1; i < 1300; i++) {
            dots.add(new Dot(new Actor("n1", 7), i));
        }
        Context large = new Context(VersionVector.EMPTY, dots);
        String token = ContextCodec.toToken(large, KEY);
        assertThat(token).hasSizeLessThan(ContextCodec.TOKEN_LENGTH_MAX);
        assertThat(ContextCodec.fromToken(token, KEY)).isEqualTo(large);
        for (int i = 1300; i < 1400; i++) {
            dots.add(new Dot(new Actor("n1", 7), i));
        }
        refuses(ContextCodec.toToken(new Context(VersionVector.EMPTY, dots), KEY));
        refuses("A".repeat(1 << 20));
    }

    @Test
    void theTokenOfAContextNeverChanges() {
        assertThat(ContextCodec.toToken(CONTEXT, KEY))
                .isEqualTo("AQICbjEAAAAAAAAABwJuMgAAAAAAAAAIAgAAAAAAAAAABQEAAAAAAAAABgEBAAAAAAAAAAnVa5wh");
        assertThat(ContextCodec.toToken(Context.EMPTY, KEY)).isEqualTo("AQAAAAp3aQM");
    }

    private static void refuses(String token) {
        assertThatThrownBy(() -> ContextCodec.fromToken(token, KEY)).as(token).isInstanceOf(MalformedException.class);
    }
}
