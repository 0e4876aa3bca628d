/**
 * Who is in the cluster and who can be reached, as this node sees it.
 *
 * <p>The member set comes from configuration; heartbeats tell which members answer. The bucket table spreads along with them.
 */
package io.quorate.node.membership;
