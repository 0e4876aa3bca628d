package io.quorate.node.storage.index;

import io.quorate.core.Bytes;
import io.quorate.node.storage.segment.Place;

/** A key and where its latest record lies. */
public record IndexEntry(Bytes key, Place place) {}
