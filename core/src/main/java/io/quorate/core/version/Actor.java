package io.quorate.core.version;

/**
 * Who may mint dots: a node in one incarnation.
 *
 * <p>The incarnation is random and changes whenever the node's store may have forgotten a dot it minted, because an actor that
 * forgets makes its own vector entry a lie.
 */
public record Actor(String node, long incarnation) implements Comparable<Actor> {
    @Override
    public int compareTo(Actor other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compareUnsigned(incarnation, other.incarnation);
    }

    /** By hand, because the compiler's is a chain of method handles: in a profile of half reads, half writes it took 0.6 µs a request. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Actor actor && incarnation == actor.incarnation && node.equals(actor.node));
    }

    @Override
    public int hashCode() {
        return 31 * node.hashCode() + Long.hashCode(incarnation);
    }

    @Override
    public String toString() {
        return node + "." + Long.toHexString(incarnation);
    }
}
