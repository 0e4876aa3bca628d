package io.quorate.node.membership;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Transport;

/**
 * Where a table that all nodes have is kept on this one, and how it gets to the others.
 *
 * @param key of the table in storage
 */
public record Home(Bytes key, Storage storage, Transport transport) {}
