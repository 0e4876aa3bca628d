package io.quorate.coordinator.wire.codec;

import java.io.IOException;

/** The CBOR forms of {@link Hello} and {@link Welcome}, which every version must be able to read. */
final class HandshakeCodec {
    private HandshakeCodec() {}

    static void write(Hello hello, CborWriter out) throws IOException {
        out.begin(6).number(hello.versionMin()).number(hello.versionMax());
        out.text(hello.cluster()).text(hello.node()).text(hello.expected());
        out.number(hello.frameBytesMax()).end();
    }

    static Hello hello(CborReader in) throws IOException {
        return new Hello(in.count(), in.count(), in.text(), in.text(), in.text(), in.count());
    }

    static void write(Welcome welcome, CborWriter out) throws IOException {
        out.begin(5).number(welcome.version());
        out.text(welcome.cluster()).text(welcome.node());
        out.number(welcome.frameBytesMax()).text(welcome.refusal()).end();
    }

    static Welcome welcome(CborReader in) throws IOException {
        return new Welcome(in.count(), in.text(), in.text(), in.count(), in.text());
    }
}
