package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Whose clock events carry. */
@ConfigMapping(prefix = "ringside.clock")
public interface ClockConfig {
    /** What the key {@code ringside.clock} says. */
    @WithParentName
    @WithDefault("wall")
    Kind kind();

    /** Whose clock. */
    enum Kind {
        /** The machine's. */
        WALL,
        /** The replay client's: requests carry their time, {@code POST /api/clock} moves it. */
        REQUEST
    }
}
