package dev.ringside.experiments.world;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * One real PostgreSQL for all tests of this JVM. Each world gets a database of its own, migrated and empty: one that an
 * earlier world has given back, or a new one.
 */
public final class Postgres {
    private static final String MIGRATED = "migrated";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    /**
     * What a world leaves behind; migrations themselves insert nothing. Few rows of many tables are deleted sooner than
     * the tables are truncated, which makes a file for each of them and of their indexes.
     */
    private static final String EMPTY_ALL = """
            DO $$
            DECLARE
                each record;
            BEGIN
                SET LOCAL lock_timeout = '5s';
                SET LOCAL session_replication_role = replica;
                EXECUTE (SELECT 'LOCK TABLE ' || string_agg(format('%I', tablename), ', ') || ' IN ACCESS EXCLUSIVE MODE'
                    FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history');
                FOR each IN SELECT tablename FROM pg_tables
                        WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history' LOOP
                    EXECUTE format('DELETE FROM %I', each.tablename);
                END LOOP;
                PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
                    FROM pg_sequences WHERE schemaname = 'public';
            END $$""";

    private static final Queue<AgroalDataSource> IDLE = new ConcurrentLinkedQueue<>();

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
            execute(server.getPostgresDatabase(), "CREATE DATABASE " + MIGRATED);
            Flyway.configure()
                    .dataSource(server.getDatabase("postgres", MIGRATED))
                    .load()
                    .migrate();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty database with all migrations run, behind the pool that the application uses. */
    public static AgroalDataSource database() {
        AgroalDataSource idle = IDLE.poll();
        return idle == null ? created() : idle;
    }

    /** Empties a database that nothing uses any more, and keeps it for the next one who asks. */
    static void giveBack(AgroalDataSource database) {
        try {
            execute(database, EMPTY_ALL);
            IDLE.add(database);
        } catch (IllegalStateException e) {
            // Something of the world still holds a lock: it may keep what it has.
            database.close();
        }
    }

    private static AgroalDataSource created() {
        String name = "world_" + DATABASES.incrementAndGet();
        execute(SERVER.getPostgresDatabase(), "CREATE DATABASE " + name + " TEMPLATE " + MIGRATED);
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(8)
                            .connectionFactoryConfiguration(
                                    factory -> factory.jdbcUrl(SERVER.getJdbcUrl("postgres", name)))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
