package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The bucket of an object storage that speaks S3, where processes share no disk. Who we are there, AWS's own chain says. */
@ConfigMapping(prefix = "ringside.s3")
public interface S3Config {
    /** The bucket, which must exist; without one files are kept in data folders alone. */
    Optional<String> bucket();

    /** What stands before every key, such as {@code ringside/}. */
    @WithDefault("ringside/")
    String prefix();

    /** Where the storage is, if it is not AWS: {@code https://minio:9000}. */
    Optional<URI> endpoint();

    /** The bucket's region; AWS's own chain says it if absent, and elsewhere it means nothing. */
    Optional<String> region();

    /** Whether the bucket stands in the path of a URL, as MinIO has it, and not in the host name. */
    @WithDefault("false")
    boolean pathStyle();

    /** How often a request is tried. */
    @WithDefault("4")
    int attempts();

    /** How long a connection may take to be made, and how long nothing may come over it. */
    @WithDefault("20s")
    Duration timeout();
}
