package io.quorate.node;

import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The classes of all messages, initialized before the first request.
 *
 * <p>Code that is compiled before a class in it is initialized ends there, and is given up when it comes to it. The archive has nodes
 * compile how messages are handled in their first seconds; so the first message of a rare kind, such as that of a debt when a peer stands
 * still, would cost seconds of slow handling of all others (docs/performance-experiments.md).
 */
final class MessageClasses {
    private MessageClasses() {}

    static void initialize() {
        all().forEach(MessageClasses::initialize);
    }

    static Stream<Class<?>> all() {
        return Stream.of(Request.class, Reply.class).flatMap(MessageClasses::kinds);
    }

    private static Stream<Class<?>> kinds(Class<?> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(MessageClasses::kinds)
                : Stream.of(kind);
    }

    private static void initialize(Class<?> kind) {
        try {
            Class.forName(kind.getName(), true, kind.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new LinkageError(kind + " was just found", e);
        }
    }
}
