package dev.ringside.app.meters;

import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The versions that a model server should have, and those that it has. */
public final class ServingMeters implements PartMeters {
    private final Supplier<List<LoadedVersion>> versions;
    private @Nullable Rows<LoadedVersion> ready;

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
        ready = new Rows<>(
                "ringside.serving.version.ready",
                "1 for a version that answers at this server, 0 for one that does not",
                registry,
                v -> v.ready() ? 1 : 0);
    }

    private double count(boolean wanted) {
        return versions.get().stream().filter(v -> v.ready() == wanted).count();
    }

    @Override
    public void refresh() {
        if (ready != null) {
            ready.show(versions.get().stream()
                    .collect(Collectors.toMap(
                            v -> Tags.of("model", v.slot(), "version", v.version()), Function.identity())));
        }
    }
}
