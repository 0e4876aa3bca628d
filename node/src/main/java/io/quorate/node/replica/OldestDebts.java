package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The oldest of the debts that it is shown, as many as it may keep: a list of debts may be longer than memory.
 *
 * <p>Their keys lie in one array. As objects, tens of thousands of them that live for minutes doubled the collector's pauses, which copied
 * them from one survivor space to the next.
 */
final class OldestDebts {
    private static final int FIRST_BYTES = 1 << 10;
    /** Keys may be long. */
    private static final int BYTES_MAX = 4 << 20;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final int countMax;
    private byte[] keys = new byte[FIRST_BYTES];
    private int keysLength;
    /** The age of a debt and then where its key is, so that numbers in their order are debts in theirs; room for twice as many as are kept. */
    private long[] debts = new long[FIRST_BYTES / Long.BYTES];

    private int count;
    private boolean complete = true;

    /**
     * One that keeps all until there are more.
     *
     * @param countMax debts it keeps; fewer when their keys are long
     */
    OldestDebts(int countMax) {
        this.countMax = countMax;
    }

    /** Debts of one age are kept, and told, in the order in which they are shown. */
    void show(Entry debt) {
        if (count == 2 * countMax || keysLength > BYTES_MAX) {
            keepOldest();
        }
        if (count == debts.length) {
            debts = Arrays.copyOf(debts, Math.min(2 * count, 2 * countMax));
        }
        // Ages are unsigned: seconds since 1970.
        debts[count++] = (long) (debt.tag() ^ Integer.MIN_VALUE) << Integer.SIZE | keysLength;
        append(debt.key().array());
    }

    private void append(byte[] key) {
        int length = keysLength + Integer.BYTES + key.length;
        if (length > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(length, 2 * keys.length));
        }
        INT.set(keys, keysLength, key.length);
        System.arraycopy(key, 0, keys, keysLength + Integer.BYTES, key.length);
        keysLength = length;
    }

    private void keepOldest() {
        Arrays.sort(debts, 0, count);
        if (count <= countMax && keysLength <= BYTES_MAX / 2) {
            return;
        }
        byte[] former = keys;
        keys = new byte[former.length];
        keysLength = 0;
        int kept = 0;
        while (kept < Math.min(count, countMax) && keysLength <= BYTES_MAX / 2) {
            byte[] key = key(former, (int) debts[kept]);
            debts[kept] = debts[kept] >> Integer.SIZE << Integer.SIZE | keysLength;
            append(key);
            kept++;
        }
        complete &= kept == count;
        count = kept;
    }

    private static byte[] key(byte[] keys, int place) {
        int begin = place + Integer.BYTES;
        return Arrays.copyOfRange(keys, begin, begin + (int) INT.get(keys, place));
    }

    /** Whether those in their order were all that it was shown. */
    boolean isComplete() {
        return complete;
    }

    /** The storage keys of those it keeps, the oldest first; nothing more may be shown. */
    Iterator<Bytes> inOrder() {
        keepOldest();
        return IntStream.range(0, count)
                .mapToObj(i -> Bytes.wrap(key(keys, (int) debts[i])))
                .iterator();
    }
}
