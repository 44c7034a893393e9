package dev.ringside.app.configuration;

import dev.ringside.experiments.ExperimentsConfig;
import dev.ringside.metrics.MetricsConfig;
import dev.ringside.router.RouterConfig;
import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.repository.RepositoryConfig;
import java.util.List;

/** Every configuration interface of the application. */
public final class Configuration {
    private Configuration() {}

    /** The check over all of them. */
    public static ConfigurationCheck check() {
        return new ConfigurationCheck(List.of(
                PlatformConfig.class,
                ClockConfig.class,
                RoleConfig.class,
                EmbeddedConfig.class,
                HttpConfig.class,
                GrpcConfig.class,
                InferenceConfig.class,
                AuthConfig.class,
                RedisConfig.class,
                S3Config.class,
                RouterConfig.class,
                ServingConfig.class,
                TorchScriptConfig.class,
                RepositoryConfig.class,
                MetricsConfig.class,
                ExperimentsConfig.class));
    }
}
