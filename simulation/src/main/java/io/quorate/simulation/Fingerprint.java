package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A digest of a value's whole content that is the same in every run of every virtual machine.
 *
 * <p>Hash codes of records are not (an enum's is its address), and {@code toString} leaves out what bytes hold.
 */
final class Fingerprint {
    private final Map<Class<?>, List<Method>> accessors = new LinkedHashMap<>();
    private final Map<Class<?>, Boolean> speaking = new LinkedHashMap<>();

    long of(Object value) {
        if (value == null) {
            return 0;
        } else if (value instanceof Bytes bytes) {
            return Hash.of(bytes);
        } else if (value instanceof String text) {
            // The language fixes what this is.
            return text.hashCode();
        } else if (value instanceof Number number) {
            return Hash.mix(number.longValue(), Double.doubleToLongBits(number.doubleValue()));
        } else if (value instanceof Enum<?> constant) {
            return constant.name().hashCode();
        } else if (value instanceof Record record) {
            return ofRecord(record);
        }
        return ofContainer(value);
    }

    private long ofContainer(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(held -> Hash.mix(1, of(held))).orElse(2L);
        } else if (value instanceof Map<?, ?> map) {
            // Sums, because neither maps nor sets promise an order.
            return map.entrySet().stream()
                    .mapToLong(entry -> Hash.mix(of(entry.getKey()), of(entry.getValue())))
                    .sum();
        } else if (value instanceof Set<?> set) {
            return set.stream().mapToLong(held -> Hash.mix(3, of(held))).sum();
        } else if (value instanceof Iterable<?> ordered) {
            long hash = 4;
            for (Object held : ordered) {
                hash = Hash.mix(hash, of(held));
            }
            return hash;
        }
        return value.getClass().isArray() ? ofArray(value) : ofText(value);
    }

    private long ofArray(Object array) {
        if (array instanceof byte[] bytes) {
            return Hash.of(bytes);
        } else if (array instanceof long[] longs) {
            return Arrays.hashCode(longs);
        } else if (array instanceof int[] ints) {
            return Arrays.hashCode(ints);
        } else if (array instanceof Object[] objects) {
            return of(Arrays.asList(objects));
        }
        throw new IllegalArgumentException("no fingerprint of a " + array.getClass());
    }

    /** What says nothing of itself counts only as being there: its default text is an address. */
    private long ofText(Object value) {
        return speaking.computeIfAbsent(value.getClass(), Fingerprint::speaks)
                ? value.toString().hashCode()
                : 5;
    }

    private static boolean speaks(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private long ofRecord(Record record) {
        Class<?> type = record.getClass();
        long hash = type.getSimpleName().hashCode();
        for (Method accessor : accessors.computeIfAbsent(type, Fingerprint::accessorsOf)) {
            hash = Hash.mix(hash, of(read(accessor, record)));
        }
        return hash;
    }

    private static List<Method> accessorsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getAccessor)
                .peek(accessor -> accessor.setAccessible(true))
                .toList();
    }

    private static Object read(Method accessor, Record record) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }
}
