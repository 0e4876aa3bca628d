/**
 * Values whose concurrent changes never conflict: counters, sets, documents and lists.
 *
 * <p>State-based conflict-free replicated data types with a causal context in place of tombstones (Shapiro and others, "A
 * comprehensive study of Convergent and Commutative Replicated Data Types", 2011; Bieniusa and others, "An optimized conflict-free
 * replicated set", 2012). A state is kept as the bytes of a sibling, on the same replication as every other value; whoever sees
 * several such siblings merges them. A change is named by the dot under which a replica stamped it and by its client's request: a
 * request that two replicas carried out has two dots and is one change.
 */
package io.quorate.core.datatype;
