package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The servers that this installation starts itself. */
@ConfigMapping(prefix = "ringside.embedded")
public interface EmbeddedConfig {
    /** The embedded Kafka. */
    Kafka kafka();

    /** The embedded Redis. */
    Redis redis();

    /** The embedded Redis. */
    interface Redis {
        /** Whether one is started where none is configured. */
        @WithDefault("true")
        boolean enabled();
    }

    /** The embedded Kafka. */
    interface Kafka {
        /** Whether anybody on this machine may read and write without a password: for development only. */
        @WithDefault("false")
        boolean open();
    }
}
