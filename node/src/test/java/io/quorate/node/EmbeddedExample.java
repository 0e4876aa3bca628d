package io.quorate.node;

import io.quorate.coordinator.Quorate;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;

/** The README's Java program, word for word but for the addresses. */
final class EmbeddedExample {
    private EmbeddedExample() {}

    static void run(String... seeds) {
        try (Quorate quorate = Quorate.connect(seeds)) {
            quorate.put("users", "carol", "{\"name\":\"Carol\"}").join();

            ReadAnswer read = quorate.get("users", "carol").join();
            String json = read.versions().get(0).value().orElseThrow().toUtf8();

            WriteOptions seen = WriteOptions.DEFAULT.withContext(read.context());
            WriteAnswer written = quorate.put("users", "carol", "{\"name\":\"Carol B.\"}", seen)
                    .join();
            System.out.println(json + " was replaced on " + written.acks());
        }
    }
}
