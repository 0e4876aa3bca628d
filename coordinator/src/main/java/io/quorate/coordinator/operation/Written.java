package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.coordinator.api.Explanation;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.version.Context;
import java.util.List;
import java.util.Optional;

/**
 * A write that w nodes hold durably, before its bucket's policy has told what is left beside it.
 *
 * @param stamped what the replica made of it that minted its dot
 * @param expiresMillis as in {@link io.quorate.coordinator.api.WriteAnswer}
 * @param context what the writer has seen now
 * @param n the copies kept
 * @param overlap whether w and the bucket's r are enough for every read to meet this write
 */
record Written(
        Stamped stamped,
        long expiresMillis,
        Context context,
        int n,
        int w,
        List<Acknowledgement> acks,
        boolean overlap,
        Optional<Explanation> explanation) {}
