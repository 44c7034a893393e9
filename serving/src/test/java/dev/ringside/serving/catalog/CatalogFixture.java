package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.engine.Engine;
import dev.ringside.serving.ServingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A catalog with a registry in memory and a recorder of its steps. */
final class CatalogFixture implements AutoCloseable {
    // Held, or the level would be collected with it. Failures are provoked here by the dozen.
    private static final Logger LOG = Logger.getLogger("dev.ringside.serving");

    static {
        LOG.setLevel(Level.OFF);
    }

    final Registry registry = new Registry();
    final Recorder recorder = new Recorder();
    final Catalog catalog;

    CatalogFixture(Path folder, Engine engine) throws IOException {
        this(folder, engine, TestConfig.QUICK);
    }

    CatalogFixture(Path folder, Engine engine, ServingConfig config) throws IOException {
        catalog = new Catalog(config, List.of(engine), new ArtefactCache(folder, registry), System::nanoTime, recorder);
    }

    /** Publishes the registry's versions as the next table. */
    void publish() {
        catalog.accept(registry.table());
    }

    /** Publishes, and waits until that version serves for the first time. */
    void publishAndAwait(String version) throws InterruptedException {
        publish();
        recorder.await(version + " Serving");
    }

    /** Waits until so many requests of the only version wait for a run. */
    void awaitWaiting(int requests) throws InterruptedException {
        while (catalog.counts().getFirst().waiting() != requests) {
            Thread.sleep(2);
        }
    }

    /** The version's answer for one distance. */
    float infer(String version, float distance) {
        return probability(infer(version, Tensor.column("distance", distance)));
    }

    InferenceResponse infer(String version, Tensor... inputs) {
        return catalog.infer(
                Registry.SLOT, version, call(new InferenceRequest("id", Map.of(), List.of(inputs), List.of())));
    }

    /** A call with time enough. */
    static Call call(InferenceRequest request) {
        return Call.of(request, Deadline.in(Duration.ofMinutes(1), System::nanoTime));
    }

    static float probability(InferenceResponse response) {
        return ((TensorData.Fp32) response.outputs().getFirst().data()).values()[0];
    }

    @Override
    public void close() {
        catalog.close();
    }
}
