package dev.ringside.app.embedded;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The servers that this process has started, and the addresses of all that it uses.
 *
 * @param kafka Kafka's bootstrap servers
 * @param postgres PostgreSQL's JDBC address
 */
public record EmbeddedParts(
        String kafka,
        String postgres,
        @Nullable AutoCloseable ownKafka,
        @Nullable AutoCloseable ownPostgres) {
    private static final System.Logger LOG = System.getLogger(EmbeddedParts.class.getName());

    /**
     * Starts what has no configured address.
     *
     * @param kafkaConfigured the address of a Kafka to use instead
     * @param postgresConfigured the JDBC address of a PostgreSQL to use instead
     * @param brokerLibraries the folder of the broker's jars
     */
    public static EmbeddedParts start(
            DataFolder data,
            Ports ports,
            @Nullable String kafkaConfigured,
            @Nullable String postgresConfigured,
            Path brokerLibraries)
            throws IOException, InterruptedException {
        EmbeddedKafka kafka = null;
        EmbeddedPostgres postgres = null;
        String kafkaAddress = kafkaConfigured;
        String postgresAddress = postgresConfigured;
        try {
            // The slower one first: it starts while the other does.
            if (kafkaAddress == null) {
                kafka = EmbeddedKafka.start(data, ports, brokerLibraries);
                kafkaAddress = kafka.bootstrapServers();
            }
            if (postgresAddress == null) {
                postgres = EmbeddedPostgres.start(data, ports);
                postgresAddress = postgres.url();
            }
            if (kafka != null) {
                kafka.awaitReady();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close("kafka", kafka);
            close("postgres", postgres);
            throw e;
        }
        return new EmbeddedParts(kafkaAddress, postgresAddress, kafka, postgres);
    }

    /** Stops what was started here: Kafka first, the truth last. */
    public void stop() {
        close("kafka", ownKafka);
        close("postgres", ownPostgres);
    }

    private static void close(String name, @Nullable AutoCloseable part) {
        if (part == null) {
            return;
        }
        try {
            part.close();
            LOG.log(System.Logger.Level.INFO, "{0}: stopped", name);
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, name + ": did not stop in order", e);
        }
    }
}
