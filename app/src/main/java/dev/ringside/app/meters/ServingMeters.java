package dev.ringside.app.meters;

import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The versions that a model server should have, and those that it has. */
public final class ServingMeters implements PartMeters {
    private final Supplier<List<LoadedVersion>> versions;
    private @Nullable MultiGauge ready;

    /** @param versions what the server has now */
    public ServingMeters(Supplier<List<LoadedVersion>> versions) {
        this.versions = versions;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (boolean wanted : new boolean[] {true, false}) {
            Gauge.builder("ringside.serving.versions", this, meters -> meters.count(wanted))
                    .description("Versions of the routing table at this server, by whether they answer")
                    .tag("ready", Boolean.toString(wanted))
                    .register(registry);
        }
        ready = MultiGauge.builder("ringside.serving.version.ready")
                .description("1 for a version that answers at this server, 0 for one that does not")
                .register(registry);
    }

    private double count(boolean wanted) {
        return versions.get().stream().filter(v -> v.ready() == wanted).count();
    }

    @Override
    public void refresh() {
        if (ready != null) {
            List<MultiGauge.Row<?>> rows = versions.get().stream()
                    .<MultiGauge.Row<?>>map(v ->
                            MultiGauge.Row.of(Tags.of("model", v.slot(), "version", v.version()), v.ready() ? 1 : 0))
                    .toList();
            ready.register(rows, true);
        }
    }
}
