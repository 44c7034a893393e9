package dev.ringside.serving.repository;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be configured about a folder of models that is served without a control plane. */
@ConfigMapping(prefix = "ringside.repository")
public interface RepositoryConfig {
    /** The folder; the command {@code serving} sets it. */
    Optional<Path> models();

    /** Who decides what is loaded. */
    @WithDefault("none")
    Control control();

    /** The models that are loaded at the start where loading is explicit; {@code *} for all. */
    Optional<List<String>> load();

    /** How long after a look at the folder the next one comes, where it is polled. */
    @WithDefault("15s")
    Duration pollInterval();

    /** Whether the process is ready only while every model that it should serve answers. */
    @WithDefault("true")
    boolean strictReadiness();

    /** Who decides what is loaded, in Triton's words. */
    enum Control {
        /** All models are loaded at the start, and stay. */
        NONE,
        /** All models are loaded, and again as the folder changes. */
        POLL,
        /** Clients load and unload models. */
        EXPLICIT
    }
}
