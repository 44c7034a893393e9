package dev.ringside.app.redis;

import dev.ringside.contract.InvalidInput;
import io.lettuce.core.RedisURI;
import java.time.Duration;

/**
 * Where a Redis is, and who we are to it.
 *
 * @param url {@code redis://[[user]:password@]host[:port][/database]}, {@code rediss://} for TLS
 */
public record RedisAddress(String url) {
    /** How long a connection may take to be made, the log-in included, and a sign of life to come. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** @throws InvalidInput if it is no such address */
    public RedisAddress {
        try {
            var _ = RedisURI.create(url);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    "ringside.redis.url",
                    "expected an address such as redis://:password@host:6379, or rediss:// for TLS: " + e.getMessage());
        }
    }

    /** One on this machine that asks for a password. */
    public static RedisAddress local(int port, String password) {
        return new RedisAddress("redis://:" + password + "@127.0.0.1:" + port);
    }

    RedisURI uri() {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(PATIENCE);
        uri.setClientName("ringside");
        return uri;
    }

    /** Without the password. */
    public String shown() {
        RedisURI uri = RedisURI.create(url);
        return (uri.isSsl() ? "rediss://" : "redis://") + uri.getHost() + ":" + uri.getPort()
                + (uri.getDatabase() == 0 ? "" : "/" + uri.getDatabase());
    }

    @Override
    public String toString() {
        return shown();
    }
}
