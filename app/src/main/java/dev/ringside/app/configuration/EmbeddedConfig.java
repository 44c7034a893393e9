package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The servers that this installation starts itself. */
@ConfigMapping(prefix = "ringside.embedded")
public interface EmbeddedConfig {
    /** The embedded Kafka. */
    Kafka kafka();

    /** The embedded Redis. */
    Redis redis();

    /** The embedded PostgreSQL. */
    Postgres postgres();

    /** The embedded PostgreSQL. */
    interface Postgres {
        /** Where its programs are unpacked, a folder that several data folders may share; the data folder if absent. */
        Optional<Path> binaries();
    }

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
