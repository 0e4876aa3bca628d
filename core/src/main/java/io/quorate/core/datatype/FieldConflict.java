package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import java.util.List;

/**
 * A field of a document that was changed concurrently: the later change is shown, the others are reported until it is changed again.
 *
 * @param lost the JSON texts that are not shown
 */
public record FieldConflict(FieldPath path, Bytes shown, List<Bytes> lost) {}
