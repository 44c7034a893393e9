package dev.ringside.app.embedded;

import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.servers.ServerWatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;

/** Asks Kafka for its cluster's name. */
final class KafkaProbe implements ServerWatch.Probe {
    private static final int LIMIT_MILLIS = 2_000;

    private final KafkaConnection kafka;
    private @Nullable Admin admin;

    KafkaProbe(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    @Override
    public void ask() throws Exception {
        Admin client = admin;
        if (client == null) {
            client = Admin.create(kafka.with(Map.of(
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    "watch",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    LIMIT_MILLIS,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    LIMIT_MILLIS,
                    AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                    500L)));
            admin = client;
        }
        client.describeCluster(new DescribeClusterOptions().timeoutMs(LIMIT_MILLIS))
                .clusterId()
                .get(LIMIT_MILLIS + 500L, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
