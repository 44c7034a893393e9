package dev.ringside.app.configuration;

import dev.ringside.metrics.MetricsConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The configuration as it is before the application server runs: system properties, the environment and a file. */
public final class StartSettings {
    private final SmallRyeConfig config;

    private StartSettings(SmallRyeConfig config) {
        this.config = config;
    }

    /**
     * Reads it.
     *
     * @param file a properties file; null for none
     */
    public static StartSettings read(@Nullable Path file) throws IOException {
        SmallRyeConfigBuilder builder = ConfigurationCheck.sources(file)
                .withMapping(ClockConfig.class)
                .withMapping(EmbeddedConfig.class)
                .withMapping(AuthConfig.class)
                .withMapping(MetricsConfig.class)
                .withMapping(S3Config.class)
                .withConverter(Duration.class, 200, new ConfigurationCheck.DurationReader())
                .withValidateUnknown(false);
        return new StartSettings(builder.build());
    }

    /** What is said of a key. */
    public Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class).filter(value -> !value.isBlank());
    }

    /** Whose clock events carry. */
    public ClockConfig.Kind clock() {
        return config.getConfigMapping(ClockConfig.class).kind();
    }

    /** Who may ask for what. */
    public AuthConfig auth() {
        return config.getConfigMapping(AuthConfig.class);
    }

    /** How events are counted. */
    public MetricsConfig metrics() {
        return config.getConfigMapping(MetricsConfig.class);
    }

    /** The bucket in which files are kept. */
    public S3Config s3() {
        return config.getConfigMapping(S3Config.class);
    }

    /** Whether a Redis is started where none is configured. */
    public boolean redisWanted() {
        return config.getConfigMapping(EmbeddedConfig.class).redis().enabled();
    }

    /** Where the embedded PostgreSQL's programs are unpacked; null for the data folder. */
    public @Nullable Path postgresBinaries() {
        return config.getConfigMapping(EmbeddedConfig.class)
                .postgres()
                .binaries()
                .orElse(null);
    }

    /** Whether the embedded Kafka asks for no password. */
    public boolean kafkaOpen() {
        return config.getConfigMapping(EmbeddedConfig.class).kafka().open();
    }
}
