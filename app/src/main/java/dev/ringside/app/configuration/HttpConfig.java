package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What of HTTP is taken. */
@ConfigMapping(prefix = "ringside.http")
public interface HttpConfig {
    /** The names under which this process may be asked, beside those of the loopback; {@code *} for any. */
    Optional<List<String>> allowedHosts();

    /** Which bodies the endpoints under {@code /api} take. */
    @WithDefault("checked")
    ContentTypes contentTypes();

    /** Which bodies are taken. */
    enum ContentTypes {
        /** Those whose Content-Type says what they are. */
        CHECKED,
        /** All; a script on another web page could send them too, but for the check of its origin. */
        ANY
    }
}
