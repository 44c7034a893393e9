package dev.ringside.experiments;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What can be configured about the control plane. */
@ConfigMapping(prefix = "ringside.experiments")
public interface ExperimentsConfig {
    /**
     * The installation's key, 32 hexadecimal digits; made at random at the first start if absent. It can never change
     * afterwards.
     */
    Optional<String> installKey();

    /** The partitions of {@code unit-events}; they can never change after the first start. */
    @WithDefault("4")
    int partitions();

    /** The largest artefact that is taken, in bytes. */
    @WithDefault("1073741824")
    long artefactLimitBytes();

    /** How long {@code POST /api/clock} waits before it answers 503 with what it waits for. */
    @WithDefault("PT60S")
    Duration barrierTimeout();

    /** How old a process's last report may be for the process to count as alive. */
    @WithDefault("PT15S")
    Duration fleetTimeout();

    /**
     * How long a router may be silent before it is retired without an operator: until then its spool may hold exposures,
     * so no look is made past what it has promised.
     */
    @WithDefault("PT24H")
    Duration retireAfter();

    /**
     * Whether a champion or an arm must be a version that a server of the fleet reports ready. Off only where the models
     * are served by servers that do not report, such as an existing Triton.
     */
    @WithDefault("true")
    boolean requireReady();
}
