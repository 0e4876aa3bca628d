package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.version.Context;
import io.quorate.core.version.SiblingsCodec;
import java.util.Optional;

/** How the read and the write that a patch is made of share its terms. */
final class PatchTerms {
    /** A part of the time: replicas that do not answer the read in that are left out of it. */
    private static final int READ_PART = 4;

    private PatchTerms() {}

    /** A patch that is to stay in its zone reads there too. */
    static ReadOptions read(WriteOptions options) {
        return new ReadOptions(
                options.n(),
                options.w().filter(Quorum::isLocal),
                options.sloppy(),
                readMillis(options),
                ReadRepair.OFF,
                options.context());
    }

    /** Without the context: what the client has seen is merged into the new version, never replaced by it. */
    static WriteOptions write(WriteOptions options) {
        return options.withContext(Context.EMPTY)
                .withTimeoutMillis(Math.max(1, options.timeoutMillis() - readMillis(options)));
    }

    /**
     * Why the patch must not go on. That fewer than r replied is no reason, as it is none for any other write, unless the client named
     * what the patch must act on: without it, a removal of what the client saw might remove nothing.
     */
    static Optional<Result.Failed<Reading>> stale(Result<Reading> result, WriteOptions options) {
        return result instanceof Result.Failed<Reading> failed
                        && !options.context().isEmpty()
                ? Optional.of(failed)
                : Optional.empty();
    }

    static Bytes known(Result<Reading> result) {
        return result instanceof Result.Done<Reading> done
                        && !done.answer().merged().isEmpty()
                ? SiblingsCodec.encode(done.answer().merged())
                : Bytes.EMPTY;
    }

    private static int readMillis(WriteOptions options) {
        return Math.max(1, options.timeoutMillis() / READ_PART);
    }
}
