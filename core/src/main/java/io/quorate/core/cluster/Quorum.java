package io.quorate.core.cluster;

import java.util.Optional;

/** How many replicas must answer: a number, or a word that becomes one when n is known. */
public sealed interface Quorum {
    Quorum ONE = new Word("one");
    Quorum MAJORITY = new Word("quorum");
    Quorum ALL = new Word("all");
    /** A majority of those replicas alone that lie in the coordinator's own zone. */
    Quorum LOCAL = new Word("local_quorum");

    /** How many that is of {@code n}, of a local quorum of the {@code n} in the zone. A number may be greater than {@code n}; the caller refuses that. */
    int of(int n);

    /** As a client writes it. */
    String label();

    boolean isLocal();

    static Optional<Quorum> parse(String text) {
        return switch (text) {
            case "one" -> Optional.of(ONE);
            case "quorum" -> Optional.of(MAJORITY);
            case "all" -> Optional.of(ALL);
            case "local_quorum" -> Optional.of(LOCAL);
            default ->
                text.matches("[1-9][0-9]{0,2}") ? Optional.of(new Count(Integer.parseInt(text))) : Optional.empty();
        };
    }

    /** Exactly so many. */
    record Count(int count) implements Quorum {
        @Override
        public int of(int n) {
            return count;
        }

        @Override
        public String label() {
            return Integer.toString(count);
        }

        @Override
        public boolean isLocal() {
            return false;
        }
    }

    /** {@code one}, {@code quorum} (more than half), {@code all} or {@code local_quorum}. */
    record Word(String label) implements Quorum {
        @Override
        public int of(int n) {
            return switch (label) {
                case "one" -> 1;
                case "quorum", "local_quorum" -> n / 2 + 1;
                default -> n;
            };
        }

        @Override
        public boolean isLocal() {
            return equals(LOCAL);
        }
    }
}
