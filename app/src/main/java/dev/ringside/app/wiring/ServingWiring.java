package dev.ringside.app.wiring;

import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.app.configuration.RoleConfig;
import dev.ringside.app.configuration.TorchScriptConfig;
import dev.ringside.app.foreign.ForeignEngine;
import dev.ringside.app.http.ModelInspections;
import dev.ringside.app.http.RemoteArtefacts;
import dev.ringside.app.http.ServiceKey;
import dev.ringside.app.program.ApplicationFiles;
import dev.ringside.app.torchscript.TorchScriptEngine;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.engine.onnx.Devices;
import dev.ringside.engine.onnx.OnnxEngine;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.registry.ModelInspector;
import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.catalog.ArtefactCache;
import dev.ringside.serving.catalog.ArtefactSource;
import dev.ringside.serving.catalog.Catalog;
import dev.ringside.serving.verification.Inspector;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** The model server. */
@Singleton
final class ServingWiring {
    /** How long a stop waits for a model that is being loaded. */
    static final Duration LAST_LOAD = Duration.ofSeconds(6);

    /** How many requests of one model file run at the same time. */
    static int instances(ServingConfig config) {
        return config.threads().orElse(Runtime.getRuntime().availableProcessors());
    }

    @Produces
    @Singleton
    OnnxEngine engine(ServingConfig config) {
        return new OnnxEngine(config.intraOpThreads(), Devices.of(config.devices()));
    }

    @Produces
    @Singleton
    ForeignEngine foreignEngine(PlatformConfig platform, Tracing tracing, Surroundings around) {
        return new ForeignEngine(platform.requestLimitBytes(), tracing, around::nanoTime);
    }

    @Produces
    @Singleton
    TorchScriptEngine torchScriptEngine(TorchScriptConfig config, ServingConfig serving, Surroundings around) {
        return new TorchScriptEngine(ApplicationFiles::torchscript, config, serving.intraOpThreads(), around::nanoTime);
    }

    void close(@Disposes TorchScriptEngine engine) {
        engine.close();
    }

    @Produces
    @Singleton
    Inspector inspector(ServingConfig config, OnnxEngine engine, TorchScriptEngine torchScript, ForeignEngine foreign) {
        // ONNX files have no mark, so what has one comes first.
        return new Inspector(List.of(foreign, torchScript, engine), config.loadTimeout());
    }

    /** Who inspects model files for the control plane: a model server, be it this process. */
    @Produces
    @Singleton
    ModelInspector inspections(
            RoleConfig roles,
            PlatformConfig platform,
            ServingConfig config,
            Inspector inspector,
            ServiceKey serviceKey) {
        ModelInspector here = ModelInspections.local(inspector);
        return roles.serving().enabled()
                ? here
                : platform.servingUrl()
                        .map(server -> ModelInspections.remote(server, config.loadTimeout(), here, serviceKey))
                        .orElse(here);
    }

    void close(@Disposes ModelInspector inspector) throws Exception {
        closeIfOpen(inspector);
    }

    void close(@Disposes ArtefactSource source) throws Exception {
        closeIfOpen(source);
    }

    /** What asks another process has a connection; what asks this one has none. */
    private static void closeIfOpen(Object source) throws Exception {
        if (source instanceof AutoCloseable connection) {
            connection.close();
        }
    }

    @Produces
    @Singleton
    Catalog catalog(
            ServingConfig config,
            Surroundings around,
            OnnxEngine engine,
            TorchScriptEngine torchScript,
            ForeignEngine foreign,
            ArtefactSource source)
            throws IOException {
        return new Catalog(
                config,
                List.of(engine, torchScript, foreign),
                new ArtefactCache(around.folder("serving").resolve("cache"), source),
                around::nanoTime,
                (_, _, _) -> {});
    }

    @Produces
    @Singleton
    ServingPart part(ServingConfig config, Catalog catalog, OnnxEngine engine, Surroundings around) throws IOException {
        return new ServingPart(
                catalog,
                engine.devices(),
                around.identity("serving"),
                around.wall(),
                config.drainTimeout().plus(LAST_LOAD));
    }

    /** The control plane's files: in the bucket that both have, on this disk, or over HTTP. */
    @Produces
    @Singleton
    ArtefactSource artefacts(
            RoleConfig roles,
            PlatformConfig platform,
            Storage storage,
            Provider<ControlPlane> controlPlane,
            ServiceKey serviceKey) {
        if (storage.source().isPresent()) {
            return storage.source().get();
        }
        if (roles.experiments().enabled()) {
            return (sha256, to) -> {
                try (InputStream kept =
                        controlPlane.get().artefacts().open(sha256).content()) {
                    Files.copy(kept, to, StandardCopyOption.REPLACE_EXISTING);
                }
            };
        }
        return new RemoteArtefacts(
                platform.experimentsUrl()
                        .orElseThrow(() -> new IllegalStateException("this model server has no control plane to fetch"
                                + " models from: say ringside.platform.experiments-url=http://host:port, or start"
                                + " the role experiments on the same data folder first")),
                serviceKey);
    }
}
