package dev.ringside.app.configuration;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration of a process that has nothing but environment variables. */
public final class Environment {
    private final Map<String, String> variables;
    private final SmallRyeConfig config;

    public Environment(Map<String, String> variables) {
        this.variables = variables;
        this.config = builder().build();
    }

    private SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new SysPropConfigSource(), new EnvConfigSource(variables, EnvConfigSource.ORDINAL));
    }

    /** What a start would complain of. */
    public List<String> problems() {
        return Configuration.check().problems(builder());
    }

    /** What is configured. */
    public Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class);
    }

    /** What is configured, or else the key's default. */
    public String effective(String key) {
        return value(key).orElseGet(() -> Configuration.check().keys().get(key));
    }
}
