package dev.ringside.app.wiring;

import dev.ringside.app.configuration.AuthConfig;
import dev.ringside.app.configuration.ClockConfig;
import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.app.embedded.PrivateFiles;
import dev.ringside.app.http.ServiceKey;
import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.kafka.TopicWriter;
import dev.ringside.metrics.ingest.OutcomeIntake;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What all parts of a process share: its clock, its randomness, its folder, Kafka's address. */
@Singleton
public final class Surroundings {
    private final PlatformConfig platform;
    private final boolean stepped;
    private final KafkaConnection kafka;
    private final String version;
    private final SecureRandom random = new SecureRandom();

    Surroundings(
            PlatformConfig platform,
            ClockConfig clock,
            Config configuration,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.platform = platform;
        this.stepped = clock.kind() == ClockConfig.Kind.REQUEST;
        this.kafka = KafkaConnection.configured(key -> configuration.getOptionalValue(key, String.class));
        this.version = version;
    }

    Clock wall() {
        return Clock.systemUTC();
    }

    boolean stepped() {
        return stepped;
    }

    long nanoTime() {
        return System.nanoTime();
    }

    long random() {
        return random.nextLong();
    }

    KafkaConnection kafka() {
        return kafka;
    }

    String version() {
        return "ringside " + version;
    }

    /** A folder of this process's data folder, made if it is new. */
    Path folder(String name) throws IOException {
        return PrivateFiles.folder(platform.dataDir().resolve(name));
    }

    /** Begins the next boot of a role, whose identity is kept in the folder of its name. */
    Identity identity(String role) throws IOException {
        return Identity.claim(folder(role), role, this::random);
    }

    @Produces
    @Singleton
    ServiceKey serviceKey(AuthConfig auth) {
        return new ServiceKey(auth.serviceKey());
    }

    /** For what must stay in order however long Kafka is away. */
    @Produces
    @Singleton
    @Patient
    TopicWriter patientWriter() {
        return new TopicWriter(kafka, TopicWriter.FOR_EVER);
    }

    /** For callers that wait for the acknowledgement, and are told when it does not come. */
    @Produces
    @Singleton
    TopicWriter writer() {
        return new TopicWriter(kafka, OutcomeIntake.DELIVERY_TIMEOUT);
    }

    void close(@Disposes @Patient TopicWriter writer) {
        writer.close();
    }

    void closeOther(@Disposes TopicWriter writer) {
        writer.close();
    }
}
