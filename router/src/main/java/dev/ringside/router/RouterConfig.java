package dev.ringside.router;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set for a router, under {@code ringside.router}. */
@ConfigMapping(prefix = "ringside.router")
public interface RouterConfig {
    /**
     * How many bytes the spool's files may take, at least 1048576. One event takes about 600, with a dozen
     * inputs logged about 1,500: a GiB keeps an hour of 500
     * predictions a second while Kafka is away. Beyond it units get the champion and no experiment.
     */
    @WithDefault("1073741824")
    long spoolBytes();

    /**
     * How long an orderly stop waits for predictions under way and for Kafka to take what is in the spool; the rest is
     * shipped at the next start.
     */
    @WithDefault("PT10S")
    Duration drain();

    /** How many calls to one version may be under way; the next one falls back to the champion, or is answered 503. */
    @WithDefault("128")
    int callsPerVersion();

    /** How many answers are kept for clients that send the same unit and request id again within ten minutes. */
    @WithDefault("50000")
    int repeats();

    /** How much memory those answers may take, in bytes; beyond it the oldest are forgotten. */
    @WithDefault("67108864")
    long repeatsBytes();

    /** The file that forces slots and segments to the champion; default {@code break-glass.yaml} in the router's folder. */
    Optional<Path> breakGlassFile();
}
