package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What concerns the process as a whole. */
@ConfigMapping(prefix = "ringside.platform")
public interface PlatformConfig {
    /** The folder that holds everything kept on this machine; the command line sets it. */
    @WithDefault("${user.home}/.local/share/ringside")
    Path dataDir();

    /** The folder of the source tree, for the demo's files; the launcher sets it. */
    Optional<Path> home();

    /** Where the control plane is, for roles that are not in its process; from the data folder's ports.json if absent. */
    Optional<String> experimentsUrl();

    /** Where models are served, for a router that is not in the same process: any server of the v2 protocol. */
    Optional<String> servingUrl();

    /** How many replicas each topic has. */
    @WithDefault("1")
    short replication();

    /** How long events are kept in Kafka; the archive keeps them for ever. */
    @WithDefault("14d")
    Duration eventRetention();

    /** The largest body of a request that is not a model file; a larger one is answered 413. */
    @WithDefault("8388608")
    long requestLimitBytes();

    /** How a prediction is answered that nobody can make now: clients and proxies differ in what they try again. */
    @WithDefault("service-unavailable")
    Overload overload();

    /** An HTTP status that says: try again later. */
    enum Overload {
        SERVICE_UNAVAILABLE(503),
        TOO_MANY_REQUESTS(429);

        private final int status;

        Overload(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    /** How often a process reports itself to the fleet. */
    @WithDefault("1s")
    Duration fleetInterval();
}
