package io.quorate.core.datatype;

import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;

/**
 * One request as a replica stamped it.
 *
 * @param before the journal of the value as it was
 */
record Event(Dot dot, RequestId request, Journal before) {}
