package dev.ringside.app.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes connections to one Redis, each of which is its user's to close and to make again.
 *
 * <p>Lettuce's own reconnecting is not used: it would keep what is asked meanwhile and ask it again.
 */
final class RedisConnector implements AutoCloseable {
    /** More than all requests under way can ask; beyond it a request is refused. */
    private static final int MOST_UNANSWERED = 100_000;

    private final RedisAddress address;
    private final ClientResources resources;
    private final RedisClient client;

    RedisConnector(RedisAddress address) {
        this.address = address;
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_UNANSWERED)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(RedisAddress.PATIENCE)
                        .build())
                .build());
    }

    /**
     * A connection that is logged in.
     *
     * @param values what stands under its keys
     * @throws RedisConnectionException if there is none within two seconds
     */
    <V> StatefulRedisConnection<String, V> connect(RedisCodec<String, V> values) throws InterruptedException {
        var connecting = client.connectAsync(values, address.uri()).toCompletableFuture();
        try {
            return connecting.get(RedisAddress.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // A log-in that nobody waits for any more.
            var _ = connecting.thenAccept(late -> {
                var _ = late.closeAsync();
            });
            throw new RedisConnectionException(
                    "no log-in at " + address + " within " + RedisAddress.PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RedisConnectionException(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** Closes the connections that are left; a log-in under way is not waited for. */
    @Override
    public void close() {
        var _ = client.shutdownAsync(0, RedisAddress.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((nothing, failure) -> {
                    var _ = resources.shutdown(0, RedisAddress.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                });
    }
}
