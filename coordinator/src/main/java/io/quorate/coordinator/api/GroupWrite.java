package io.quorate.coordinator.api;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.version.Context;
import java.util.Optional;

/**
 * One of several writes of a group that are carried out together.
 *
 * @param value empty to delete
 * @param seen the context of what the writer has seen of this key
 */
public record GroupWrite(Key key, Optional<Bytes> value, Context seen) {}
