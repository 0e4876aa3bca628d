/** Who is in the cluster, and what its buckets promise: immutable values that every node and coordinator agrees on. */
package io.quorate.core.cluster;
