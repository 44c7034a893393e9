package dev.ringside.app.wiring;

import dev.ringside.app.meters.DeviceMeters;
import dev.ringside.app.meters.InferenceMeters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.app.meters.ServingMeters;
import dev.ringside.app.meters.TritonMeters;
import dev.ringside.contract.Closing;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.engine.onnx.Devices;
import dev.ringside.serving.catalog.Catalog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The model server. */
record ServingPart(Catalog catalog, Devices devices, Identity identity, Clock wall, Duration patience) implements Part {
    @Override
    public String name() {
        return "serving";
    }

    @Override
    public @Nullable String notReady() {
        return catalog.ready() ? null : "serving: the models of the routing table are not all loaded yet";
    }

    @Override
    public Map<String, String> details() {
        return Map.of("serving_devices", devices.toString());
    }

    @Override
    public void accept(RoutingTable table) {
        catalog.accept(table);
    }

    @Override
    public FleetReport report() {
        return new FleetReport(
                identity.id(),
                "serving",
                identity.boot(),
                wall.instant(),
                catalog.routingVersion(),
                null,
                catalog.report(),
                null,
                List.of(),
                Map.of(),
                false);
    }

    @Override
    public List<PartMeters> meters() {
        return List.of(
                new ServingMeters(catalog::report),
                new TritonMeters(catalog::counts),
                new InferenceMeters(catalog::counts),
                new DeviceMeters(devices));
    }

    @Override
    public void leave() {
        catalog.leave();
    }

    @Override
    public void close() throws IOException {
        var closing = new Closing();
        closing.close(catalog);
        closing.close(identity);
        closing.end("the model server");
    }
}
