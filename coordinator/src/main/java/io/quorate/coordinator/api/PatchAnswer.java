package io.quorate.coordinator.api;

import io.quorate.core.Bytes;

/**
 * A patch that w nodes hold durably.
 *
 * @param write as of any write; its context names all that {@code value} shows
 * @param value the plain JSON of the value as the patch left it, at the replica that carried it out
 */
public record PatchAnswer(WriteAnswer write, Bytes value, TypedView typed) {}
