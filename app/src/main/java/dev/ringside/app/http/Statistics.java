package dev.ringside.app.http;

import dev.ringside.contract.repository.ModelStatistics;
import dev.ringside.contract.repository.ModelStatistics.Batch;
import dev.ringside.contract.repository.ModelStatistics.Stages;
import dev.ringside.contract.repository.ModelStatistics.Times;
import dev.ringside.serving.catalog.VersionCounts;
import dev.ringside.serving.catalog.VersionCounts.Timed;
import java.time.Duration;
import java.time.Instant;

/** What a version was asked, as Triton's statistics write it; the metrics show the same counts. */
final class Statistics {
    private Statistics() {}

    static ModelStatistics of(VersionCounts counts, Instant now) {
        Duration sinceLast = counts.sinceLast();
        VersionCounts.Stages stages = counts.stages();
        return new ModelStatistics(
                counts.slot(),
                counts.version(),
                sinceLast == null ? 0 : now.minus(sinceLast).toEpochMilli(),
                counts.rows(),
                counts.runs(),
                new Stages(
                        times(stages.answered()),
                        times(stages.failed()),
                        times(stages.queued()),
                        times(stages.input()),
                        times(stages.infer()),
                        times(stages.output())),
                counts.batches().stream()
                        .map(batch -> new Batch(
                                batch.rows(), times(batch.input()), times(batch.infer()), times(batch.output())))
                        .toList());
    }

    private static Times times(Timed timed) {
        return new Times(timed.count(), timed.time().toNanos());
    }
}
