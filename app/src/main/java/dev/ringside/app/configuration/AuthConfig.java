package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who may ask for what. Without keys everybody who reaches this process may do everything. */
@ConfigMapping(prefix = "ringside.auth")
public interface AuthConfig {
    /** API keys, each {@code name:role:sha256}. */
    Optional<List<String>> keys();

    /** A file with an API key in each line. */
    Optional<Path> keysFile();

    /** With which this process proves itself to others of the platform, and which it accepts from them. */
    Optional<String> serviceKey();

    /** Whether anybody has to prove who they are. */
    default boolean isConfigured() {
        return keys().isPresent() || keysFile().isPresent();
    }
}
