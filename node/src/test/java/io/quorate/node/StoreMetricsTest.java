package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.node.http.metrics.Metrics;
import io.quorate.node.storage.StoreStatus;
import org.junit.jupiter.api.Test;

class StoreMetricsTest {
    private static final StoreStatus STATUS = new StoreStatus(
            StoreStatus.State.READ_ONLY,
            "full",
            11,
            1_200,
            1_300,
            1_400,
            15,
            16,
            new StoreStatus.Writes(17, 18, 19, 20, 2_500_000),
            new StoreStatus.Compaction(21, 22, 23, 500_000, true),
            new StoreStatus.Cache(24, 25, 26),
            new StoreStatus.Scrub(27, 28, 29));

    @Test
    void showsEveryNumberWithItsMeaning() {
        try (Metrics metrics = new Metrics()) {
            new StoreMetrics(metrics, () -> STATUS).register();
            assertThat(metrics.scrape().lines())
                    .contains("# HELP quorate_storage_live_bytes Bytes of the records that count")
                    .contains("# TYPE quorate_storage_live_bytes gauge")
                    .contains("# TYPE quorate_storage_fsyncs_total counter")
                    .contains("quorate_storage_keys 11.0", "quorate_storage_live_bytes 1200.0")
                    .contains("quorate_storage_disk_bytes 1300.0", "quorate_storage_segments 15.0")
                    .contains("quorate_storage_quarantined_records 16.0", "quorate_storage_read_only 1.0")
                    .contains("quorate_storage_fsyncs_total 18.0", "quorate_storage_write_records_total 20.0")
                    .contains("quorate_storage_write_groups_total 19.0", "quorate_storage_write_seconds_total 2.5")
                    .contains("quorate_storage_compaction_bytes_total 22.0")
                    .contains("quorate_storage_compaction_pauses_total 23.0")
                    .contains("quorate_storage_compaction_pause_seconds_total 0.5")
                    .contains("quorate_storage_cache_hits_total 24.0", "quorate_storage_cache_misses_total 25.0")
                    .contains("quorate_storage_cache_bytes 26.0", "quorate_storage_scrub_bytes_total 27.0")
                    .contains("quorate_storage_scrub_passes_total 28.0");
        }
    }
}
