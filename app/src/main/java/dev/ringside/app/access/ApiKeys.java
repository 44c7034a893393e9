package dev.ringside.app.access;

import dev.ringside.app.configuration.AuthConfig;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API keys that are accepted: those of the configuration, and those of a file, which is read again when it has
 * changed, so that a key can be taken back while the process runs.
 */
public final class ApiKeys {
    private static final System.Logger LOG = System.getLogger(ApiKeys.class.getName());

    private static final long NANOS_BETWEEN_LOOKS = 1_000_000_000L;
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final Map<String, ApiKey> configured;
    private final @Nullable Path file;
    private volatile Map<String, ApiKey> ofFile = Map.of();
    private @Nullable FileTime read;
    private long lookedAt;

    /**
     * @param configured the keys of the configuration
     * @param file more of them; null for none
     * @throws InvalidInput if the file has a line that is no key
     */
    ApiKeys(List<ApiKey> configured, @Nullable Path file) throws IOException {
        this.configured = byDigest(configured);
        this.file = file;
        if (file != null) {
            this.read = Files.getLastModifiedTime(file);
            this.ofFile = read(file);
            this.lookedAt = System.nanoTime();
        }
    }

    /**
     * Those of a configuration; empty where it has none, and everybody may do everything.
     *
     * @throws InvalidInput if one is not as it must be
     */
    public static Optional<ApiKeys> of(AuthConfig config) throws IOException {
        if (!config.isConfigured()) {
            return Optional.empty();
        }
        var keys = new ArrayList<ApiKey>();
        for (String entry : config.keys().orElse(List.of())) {
            keys.add(ApiKey.parse(entry));
        }
        config.serviceKey().ifPresent(key -> keys.add(new ApiKey("ringside", AccessRole.SERVICE, ApiKey.digest(key))));
        return Optional.of(new ApiKeys(keys, config.keysFile().orElse(null)));
    }

    /**
     * Who sends the header {@code Authorization}: {@code Bearer KEY}, or {@code Basic} with the key as password, as
     * browsers ask for it.
     *
     * @return empty if it is no key that is accepted
     */
    Optional<ApiKey> whose(@Nullable String authorization) {
        return key(authorization).map(ApiKey::digest).map(digest -> {
            ApiKey found = configured.get(digest);
            return found == null ? current().get(digest) : found;
        });
    }

    private static Optional<String> key(@Nullable String authorization) {
        String header = authorization == null ? "" : authorization.strip();
        String scheme = header.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER)) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        if (scheme.startsWith(BASIC)) {
            try {
                String pair = new String(
                        Base64.getDecoder()
                                .decode(header.substring(BASIC.length()).strip()),
                        StandardCharsets.UTF_8);
                return Optional.of(pair.substring(pair.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The file's, looked at once a second at most; a file that has become unreadable changes nothing. */
    private Map<String, ApiKey> current() {
        Path from = file;
        if (from == null) {
            return Map.of();
        }
        synchronized (this) {
            long now = System.nanoTime();
            if (now - lookedAt >= NANOS_BETWEEN_LOOKS) {
                lookedAt = now;
                try {
                    FileTime changed = Files.getLastModifiedTime(from);
                    if (!changed.equals(read)) {
                        read = changed;
                        ofFile = read(from);
                    }
                } catch (IOException | InvalidInput e) {
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "the API keys in " + from + " cannot be read, those of before stay: " + e.getMessage());
                }
            }
        }
        return ofFile;
    }

    private static Map<String, ApiKey> read(Path file) throws IOException {
        try {
            return byDigest(ApiKey.parseLines(Files.readAllLines(file)));
        } catch (InvalidInput e) {
            throw e.within(file.toString());
        }
    }

    private static Map<String, ApiKey> byDigest(List<ApiKey> keys) {
        var found = new HashMap<String, ApiKey>();
        keys.forEach(key -> found.put(key.sha256(), key));
        return Map.copyOf(found);
    }
}
