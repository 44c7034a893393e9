package dev.ringside.app.meters;

import dev.ringside.contract.routing.FleetReport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What ingest takes and refuses. */
public final class IngestMeters implements PartMeters {
    private final Supplier<FleetReport> report;

    /** @param report what the ingest says of itself now */
    public IngestMeters(Supplier<FleetReport> report) {
        this.report = report;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "accepted", "Outcomes that the log has acknowledged");
        count(registry, "refused", "Posts of outcomes that were refused as a whole");
    }

    private void count(MeterRegistry registry, String name, String description) {
        FunctionCounter.builder(
                        "ringside.ingest." + name,
                        this,
                        meters -> meters.report.get().counters().getOrDefault(name, 0L))
                .description(description)
                .register(registry);
    }
}
