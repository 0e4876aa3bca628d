package io.quorate.coordinator.api;

import io.quorate.core.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * Keys of a bucket, in token order.
 *
 * @param next storage form of the last key looked at, from which the next page goes on; empty on the last page
 */
public record KeyPage(List<String> names, Optional<Bytes> next) {}
