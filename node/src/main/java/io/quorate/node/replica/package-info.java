/**
 * A replica's side of the protocol: it alone mints dots, and it never acknowledges what a crash could take away.
 *
 * <p>One message, one handler. All of it runs on the shard that owns the key's partition, so there are no locks; the turns of
 * {@link io.quorate.node.replica.Turns} keep a key's read-modify-writes apart while storage reads.
 */
package io.quorate.node.replica;
