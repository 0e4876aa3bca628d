/** Everything protocol of one shard of a node, on one set of ports: the daemon and the simulation run exactly this. */
package io.quorate.node.shard;
