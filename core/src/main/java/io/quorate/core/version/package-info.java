/**
 * Who has seen what: dots, version vectors, causal contexts and the siblings of a key.
 *
 * <p>The scheme is the dotted version vector set of Preguiça, Baquero and others ("Dotted Version Vectors: Logical Clocks for
 * Optimistic Replication", 2010; "Scalable and Accurate Causality Tracking for Eventually Consistent Stores", 2014), with one
 * difference: counters run per node, not per key, so a context may hold single dots beside its vector (the cloud).
 */
package io.quorate.core.version;
