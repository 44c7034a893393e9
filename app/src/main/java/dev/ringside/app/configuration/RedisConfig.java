package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where features, the counts of limits and the answers of models are kept. */
@ConfigMapping(prefix = "ringside.redis")
public interface RedisConfig {
    /** The Redis that is used in place of the embedded one: {@code redis://[[user]:password@]host[:port][/database]}. */
    Optional<String> url();
}
