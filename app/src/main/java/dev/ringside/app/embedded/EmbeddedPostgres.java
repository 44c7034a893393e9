package dev.ringside.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL, its data kept in the data folder. One that a killed process left running is used again. */
final class EmbeddedPostgres implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());

    private static final int LAST_LINES = 5;

    private final Path data;
    private final String url;

    private EmbeddedPostgres(Path data, String url) {
        this.data = data;
        this.url = url;
    }

    static EmbeddedPostgres start(DataFolder folder, Ports ports) throws IOException {
        Path data = folder.resolve("postgres");
        String url = "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres";
        var postgres = new EmbeddedPostgres(data, url);
        if (postgres.isRunningHere()) {
            LOG.log(System.Logger.Level.INFO, "postgres: using the one that runs on port {0}", "" + ports.postgres());
            return postgres;
        }
        Path output = folder.resolve("postgres.out");
        try {
            start(folder, ports, data, ProcessBuilder.Redirect.appendTo(output.toFile()));
        } catch (IOException | IllegalStateException e) {
            throw new IOException("postgres does not start: " + lastWords(output, e), e);
        }
        return postgres;
    }

    private static void start(DataFolder folder, Ports ports, Path data, ProcessBuilder.Redirect output)
            throws IOException {
        io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setRegisterShutdownHook(false)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.resolve("postgres-binaries").toFile())
                .setPort(ports.postgres())
                // zonky always passes -F; the later setting wins.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "50")
                .setServerConfig("shared_buffers", "32MB")
                .setPGStartupWait(Duration.ofSeconds(60))
                .setOutputRedirector(output)
                .setErrorRedirector(output)
                .start();
    }

    /** What initdb or the server said last: zonky's own exception has only an exit status. */
    private static String lastWords(Path output, Exception failure) throws IOException {
        if (!Files.exists(output)) {
            return String.valueOf(failure.getMessage());
        }
        List<String> lines = Files.readAllLines(output);
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))
                + "\n  all of it is in " + output;
    }

    String url() {
        return url;
    }

    /** Whether the server that answers on the port is the one of this data folder. */
    private boolean isRunningHere() throws IOException {
        if (!Files.exists(data.resolve("postmaster.pid"))) {
            return false;
        }
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.createStatement();
                var result = statement.executeQuery("SHOW data_directory")) {
            return result.next() && Path.of(result.getString(1)).toRealPath().equals(data.toRealPath());
        } catch (SQLException e) {
            return false;
        }
    }

    /** A fast shutdown: open transactions are rolled back, data is flushed. */
    @Override
    public void close() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle server = ProcessHandle.of(pid).orElse(null);
        if (server == null) {
            return;
        }
        // SIGINT: PostgreSQL's fast shutdown; SIGTERM would wait for the last client.
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).start();
        server.onExit().completeOnTimeout(server, 10, TimeUnit.SECONDS).join();
    }
}
