package dev.ringside.experiments.world;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** One real PostgreSQL for all tests of this JVM; each world gets a database of its own, copied from a migrated one. */
public final class Postgres {
    private static final String MIGRATED = "migrated";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private Postgres() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("max_connections", "400")
                    // Nothing has to survive: a database a world is mostly waiting for the disk otherwise.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
            execute(server, "CREATE DATABASE " + MIGRATED);
            Flyway.configure()
                    .dataSource(server.getDatabase("postgres", MIGRATED))
                    .load()
                    .migrate();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new database with all migrations run, behind the pool that the application uses. */
    public static AgroalDataSource database() {
        String name = "world_" + DATABASES.incrementAndGet();
        execute(SERVER, "CREATE DATABASE " + name + " TEMPLATE " + MIGRATED);
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(8)
                            .connectionFactoryConfiguration(
                                    factory -> factory.jdbcUrl(SERVER.getJdbcUrl("postgres", name)))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
