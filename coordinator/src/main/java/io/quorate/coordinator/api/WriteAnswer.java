package io.quorate.coordinator.api;

import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import java.util.List;
import java.util.Optional;

/**
 * A write that w nodes hold durably.
 *
 * @param expiresMillis when the value expires; {@link io.quorate.core.version.Sibling#NEVER} when it stays
 * @param context what the writer had seen and this write: enough to write again without reading
 * @param siblings whether concurrent versions remain beside it
 * @param n the copies kept, after a default above the member count was lowered to it
 * @param overlap whether w and the bucket's r are enough for every read to meet this write
 * @param explanation if it was asked for
 */
public record WriteAnswer(
        Dot dot,
        long expiresMillis,
        Context context,
        boolean siblings,
        int n,
        int w,
        List<Acknowledgement> acks,
        boolean overlap,
        Optional<Explanation> explanation) {}
