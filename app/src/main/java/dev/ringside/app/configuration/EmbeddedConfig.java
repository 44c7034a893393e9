package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The servers that this installation starts itself. */
@ConfigMapping(prefix = "ringside.embedded")
public interface EmbeddedConfig {
    /** The embedded Kafka. */
    Kafka kafka();

    /** The embedded Kafka. */
    interface Kafka {
        /** Whether anybody on this machine may read and write without a password: for development only. */
        @WithDefault("false")
        boolean open();
    }
}
