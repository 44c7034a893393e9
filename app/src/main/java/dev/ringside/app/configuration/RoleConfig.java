package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which roles this process has; the command line sets them from {@code --role}. */
@ConfigMapping(prefix = "ringside.role")
public interface RoleConfig {
    /** Answers predictions. */
    Switch router();

    /** Runs models. */
    Switch serving();

    /** Takes outcomes. */
    Switch ingest();

    /** Joins and counts. */
    Switch metrics();

    /** The control plane. */
    Switch experiments();

    /** On or off. */
    interface Switch {
        /** Whether this process has the role. */
        @WithDefault("true")
        boolean enabled();
    }
}
