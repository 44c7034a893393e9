package dev.ringside.app.wiring;

import dev.ringside.app.http.FolderModels;
import dev.ringside.app.meters.DeviceMeters;
import dev.ringside.app.meters.InferenceMeters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.app.meters.ServingMeters;
import dev.ringside.app.meters.TritonMeters;
import dev.ringside.contract.Closing;
import dev.ringside.engine.onnx.Devices;
import dev.ringside.serving.catalog.Catalog;
import dev.ringside.serving.repository.FolderRepository;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model server that stands alone: what it serves lies in a folder. */
record FolderPart(Catalog catalog, Devices devices, FolderRepository repository, FolderModels models, Duration patience)
        implements Part {
    @Override
    public String name() {
        return "serving";
    }

    @Override
    public @Nullable String notReady() {
        String why = models.notReady();
        return why == null ? null : "serving: " + why;
    }

    @Override
    public Map<String, String> details() {
        return Map.of("serving_devices", devices.toString());
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
        leave();
        var closing = new Closing();
        closing.close(repository);
        closing.close(catalog);
        closing.end("the model server");
    }
}
