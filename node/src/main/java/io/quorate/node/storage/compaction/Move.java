package io.quorate.node.storage.compaction;

import io.quorate.core.Bytes;
import io.quorate.node.storage.segment.Place;

/** A record that was copied: where it was and where its copy is. */
record Move(Bytes key, Place from, Place to) {}
