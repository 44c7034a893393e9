package dev.ringside.app.wiring;

import dev.ringside.app.configuration.InferenceConfig;
import dev.ringside.app.http.FolderModels;
import dev.ringside.app.http.ServedRepository;
import dev.ringside.app.torchscript.TorchScriptEngine;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.engine.onnx.OnnxEngine;
import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.catalog.Catalog;
import dev.ringside.serving.repository.Changes;
import dev.ringside.serving.repository.FolderRepository;
import dev.ringside.serving.repository.ModelFolder;
import dev.ringside.serving.repository.RepositoryConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The model server of a folder. */
@Singleton
final class FolderWiring {
    /** How much longer a client waits for a model than its load may take. */
    private static final Duration LONGER = Duration.ofSeconds(1);

    @Produces
    @Singleton
    FolderPart part(
            RepositoryConfig config,
            ServingConfig serving,
            InferenceConfig inference,
            OnnxEngine engine,
            TorchScriptEngine torchScript,
            Tracing tracing,
            Surroundings around)
            throws IOException {
        var folder = new ModelFolder(
                config.models().orElseThrow(() -> new IllegalStateException("ringside.repository.models is not set")));
        var changes = new Changes();
        var catalog =
                new Catalog(serving, List.of(engine, torchScript), around::nanoTime, (_, _, _) -> changes.happened());
        var repository = new FolderRepository(
                        folder,
                        config,
                        catalog,
                        changes,
                        around::nanoTime,
                        serving.loadTimeout().plus(LONGER))
                .start();
        var models = new FolderModels(
                catalog,
                repository,
                new ServedRepository(catalog, ServingWiring.instances(serving), around.wall()),
                config.strictReadiness(),
                inference.timeout(),
                tracing,
                around::nanoTime);
        return new FolderPart(
                catalog,
                engine.devices(),
                repository,
                models,
                serving.drainTimeout().plus(ServingWiring.LAST_LOAD));
    }
}
