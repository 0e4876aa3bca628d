package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Explanation;
import io.quorate.core.version.Siblings;
import java.util.Optional;

/**
 * What r replicas know of a key, before its bucket's policy has made of it what a reader is shown.
 *
 * @param n the replicas asked
 * @param replies how many had answered
 * @param overlap whether r and the bucket's w are enough for this read to meet every acknowledged write
 */
record Reading(Siblings merged, int n, int r, int replies, boolean overlap, Optional<Explanation> explanation) {}
