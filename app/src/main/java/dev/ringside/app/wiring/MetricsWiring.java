package dev.ringside.app.wiring;

import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.metrics.MetricsConfig;
import dev.ringside.metrics.api.ArchiveResource.ArchiveProgress;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Joining, counting and archiving. */
@Singleton
final class MetricsWiring {
    @Produces
    @Singleton
    @Typed(MetricsPart.class)
    MetricsPart part(MetricsConfig config, PlatformConfig platform, Surroundings around, Storage storage)
            throws IOException {
        var sending = storage.archiveCopy(around.folder("archive")).map(ArchiveSending::new);
        return new MetricsPart(config, around, platform.replication(), sending.orElse(null));
    }

    @Produces
    @Singleton
    ArchiveProgress progress(MetricsPart part) {
        return part;
    }
}
