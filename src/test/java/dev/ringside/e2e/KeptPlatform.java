package dev.ringside.e2e;

import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Database;
import dev.ringside.app.embedded.EmbeddedParts;
import dev.ringside.app.embedded.InstallFile;
import dev.ringside.app.embedded.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/** The data folder of an older release, made of what is kept of it: nothing of this release ever started on it. */
final class KeptPlatform {
    private static final Path KEPT = Application.HOME.resolve("src/test/region-1");
    private static final String STEP = "4";
    private static final String END = "\\.";

    private final DataFolder data;
    private final int port;

    /** Makes the folder; its PostgreSQL is stopped again. */
    KeptPlatform(Path folder, int port) throws Exception {
        this.port = port;
        data = DataFolder.open(folder);
        Files.createDirectories(archive());
        try (Stream<Path> files = Files.list(KEPT.resolve("archive"))) {
            for (Path file : files.toList()) {
                Files.copy(file, archive().resolve(file.getFileName()));
            }
        }
        inDatabase(database -> {
            Flyway.configure()
                    .dataSource(database.url(), database.user(), database.password())
                    .target(STEP)
                    .load()
                    .migrate();
            try (Connection connection = database.connect(Duration.ofMinutes(1));
                    BufferedReader tables = Files.newBufferedReader(KEPT.resolve("control-plane.copy"))) {
                copy(connection, tables);
            }
        });
    }

    private static void copy(Connection connection, BufferedReader tables) throws SQLException, IOException {
        var copying = connection.unwrap(PGConnection.class).getCopyAPI();
        for (String table = tables.readLine(); table != null; table = tables.readLine()) {
            var rows = new StringJoiner("\n", "", "\n");
            for (String row = tables.readLine(); !row.equals(END); row = tables.readLine()) {
                rows.add(row);
            }
            copying.copyIn(table, new StringReader(rows.toString()));
        }
    }

    /** What is done to its database while nothing else runs there. */
    interface Work {
        void on(Database database) throws Exception;
    }

    /** Starts its PostgreSQL for a piece of work. */
    void inDatabase(Work work) throws Exception {
        try (var postgres = EmbeddedParts.postgresForOnce(
                data, new Ports(port), InstallFile.open(data, Instant.now()), Application.BINARIES)) {
            work.on(postgres.database());
        }
    }

    Path folder() {
        return data.root();
    }

    Path archive() {
        return data.resolve("archive");
    }
}
