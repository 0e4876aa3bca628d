package io.quorate.node.cli.guard;

import io.quorate.node.cli.bench.Workload;
import java.util.Locale;

/** A load of which it is watched what it costs. */
enum Check {
    READS(Workload.C),
    MIXED(Workload.A),
    WRITES(Workload.W);

    private final Workload workload;

    Check(Workload workload) {
        this.workload = workload;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Workload workload() {
        return workload;
    }
}
