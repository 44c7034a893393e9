package dev.ringside.app.wiring;

import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.app.kafka.TopicWriter;
import dev.ringside.app.kafka.Topics;
import dev.ringside.experiments.ExperimentsConfig;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.registry.ArtefactStore;
import dev.ringside.experiments.registry.ModelInspector;
import dev.ringside.experiments.store.Publisher;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** The control plane. */
@Singleton
final class ExperimentsWiring {
    private static final long PUBLISH_SECONDS = 35;

    @Produces
    @Singleton
    ControlPlane controlPlane(
            ExperimentsConfig config,
            Surroundings around,
            Instance<DataSource> database,
            ArtefactStore artefacts,
            ModelInspector inspector,
            TopicWriter writer) {
        return new ControlPlane(
                config,
                new ControlPlane.Surroundings(
                        database.get(),
                        artefacts,
                        inspector,
                        publisher(writer),
                        around.wall(),
                        around::nanoTime,
                        around::random,
                        around.stepped(),
                        around.version()));
    }

    @Produces
    @Singleton
    ExperimentsPart part(ControlPlane plane, PlatformConfig platform, Surroundings around)
            throws InterruptedException, TimeoutException {
        Topics.ensure(
                around.kafka(),
                plane.installation().partitions(),
                platform.replication(),
                platform.eventRetention().toMillis());
        return new ExperimentsPart(plane, around.kafka(), around.stepped() ? null : around.wall());
    }

    private static Publisher publisher(TopicWriter writer) {
        return message -> {
            try {
                write(writer, message).get(PUBLISH_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                String place =
                        message.partition() == null ? "'" + message.key() + "'" : "partition " + message.partition();
                throw new IOException("topic " + message.topic() + " did not take " + place + ": " + e, e);
            }
        };
    }

    private static CompletableFuture<Void> write(TopicWriter writer, Publisher.Message message) {
        byte[] value = message.value().getBytes(StandardCharsets.UTF_8);
        if (message.partition() == null) {
            return writer.write(message.topic(), message.key(), value);
        }
        byte[] key = message.key() == null ? null : message.key().getBytes(StandardCharsets.UTF_8);
        return writer.write(message.topic(), message.partition(), key, value);
    }
}
