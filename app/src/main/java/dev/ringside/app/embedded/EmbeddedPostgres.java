package dev.ringside.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL, its data kept in the data folder, that answers this installation only: on the loopback, by password,
 * without a socket in the file system. One that a killed process left running is used again.
 */
final class EmbeddedPostgres implements EmbeddedServer {
    private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());

    static final String USER = "postgres";
    private static final String WHO_MAY = "pg_hba.conf";

    /** Over the loopback, with a password, and nobody else. */
    private static final String GUARDED = "host all all 127.0.0.1/32 scram-sha-256\n";

    private static final int LAST_LINES = 5;
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Path data;
    private final Path output;
    private final Path binaries;
    private final Ports ports;
    private final String name;
    private final Database database;
    private final boolean legacy;

    private EmbeddedPostgres(
            Path data, Path output, Path binaries, Ports ports, String name, Database database, boolean legacy) {
        this.data = data;
        this.output = output;
        this.binaries = binaries;
        this.ports = ports;
        this.name = name;
        this.database = database;
        this.legacy = legacy;
    }

    /**
     * Prepares its folder, which may be one of a release before passwords; nothing runs yet.
     *
     * @param binaries where its programs are unpacked; null for the data folder
     */
    static EmbeddedPostgres prepare(DataFolder folder, Ports ports, InstallFile install, @Nullable Path binaries)
            throws IOException, InterruptedException {
        Path data = data(folder);
        boolean made = isMade(folder);
        boolean legacy = made && !isGuarded(data);
        Secrets secrets = Secrets.of(folder);
        var postgres = new EmbeddedPostgres(
                data,
                folder.resolve("postgres.out"),
                PostgresBinaries.unpacked(binaries == null ? folder.resolve("postgres-binaries") : binaries),
                ports,
                "ringside-" + install.id(),
                new Database("jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres", USER, secrets.postgres()),
                legacy);
        if (!made) {
            postgres.make(secrets);
        } else if (legacy) {
            postgres.stopRunning();
            postgres.setPassword();
        }
        // The last step: until then the password is set anew.
        PrivateFiles.write(data.resolve(WHO_MAY), GUARDED);
        return postgres;
    }

    private static Path data(DataFolder folder) {
        return folder.resolve("postgres");
    }

    /** Whether the folder has its database. */
    static boolean isMade(DataFolder folder) {
        return Files.exists(data(folder).resolve("PG_VERSION"));
    }

    private static boolean isGuarded(Path data) throws IOException {
        Path rules = data.resolve(WHO_MAY);
        return Files.exists(rules) && Files.readString(rules).equals(GUARDED);
    }

    private void make(Secrets secrets) throws IOException, InterruptedException {
        secrets.postgres();
        run(
                "initdb",
                "--pgdata=" + data,
                "--username=" + USER,
                "--pwfile=" + secrets.folder().resolve("postgres-password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale");
    }

    /** Gives a database of a release before passwords one, without a server. */
    private void setPassword() throws IOException, InterruptedException {
        Process single = program(
                        "postgres",
                        "--single",
                        "-D",
                        data.toString(),
                        "-c",
                        "password_encryption=scram-sha-256",
                        "postgres")
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var in = single.outputWriter(StandardCharsets.UTF_8)) {
            in.write("ALTER ROLE " + USER + " PASSWORD '" + database.password() + "';\n");
        }
        if (single.waitFor() != 0) {
            throw new IOException("the database in " + data + " cannot be given a password: " + lastWords());
        }
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Path output() {
        return output;
    }

    Database database() {
        return database;
    }

    /** Whether the folder was made by a release before passwords. */
    boolean isLegacy() {
        return legacy;
    }

    @Override
    public Optional<String> portComplaint() {
        return running().filter(server -> port() == ports.postgres()).isPresent()
                ? Optional.empty()
                : PortHolder.complaint(InetAddress.getLoopbackAddress(), ports.postgres(), "PostgreSQL");
    }

    @Override
    public ProcessHandle start() throws IOException, InterruptedException {
        ProcessHandle before = running().orElse(null);
        if (before != null && isOurs(ONE_ANSWER) == null) {
            LOG.log(System.Logger.Level.INFO, "postgres: using the one that runs on port {0}", "" + ports.postgres());
            return before;
        }
        stopRunning();
        Process server = program(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(ports.postgres()),
                        "-c",
                        "cluster_name=" + name,
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "password_encryption=scram-sha-256",
                        "-c",
                        "fsync=on",
                        "-c",
                        "synchronous_commit=on",
                        "-c",
                        "full_page_writes=on",
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "max_connections=50",
                        "-c",
                        "shared_buffers=32MB")
                .start();
        long giveUp = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            if (!server.isAlive()) {
                throw new IOException("postgres does not start: " + lastWords());
            }
            String wrong = isOurs(ONE_ANSWER);
            if (wrong == null) {
                return server.toHandle();
            }
            if (System.nanoTime() > giveUp) {
                server.destroy();
                throw new IOException("postgres does not answer within " + LONGEST_START.toSeconds() + " s: " + wrong
                        + "; its last words are in " + output);
            }
            Thread.sleep(50);
        }
    }

    /** What shows that the server on the port is not this installation's; null if it is. */
    private @Nullable String isOurs(Duration limit) {
        try (Connection connection = database.connect(limit);
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT current_setting('cluster_name'), current_setting('data_directory')")) {
            result.next();
            boolean ours = result.getString(1).equals(name)
                    && Path.of(result.getString(2)).toRealPath().equals(data.toRealPath());
            return ours ? null : "port " + ports.postgres() + " is another PostgreSQL's, of " + result.getString(2);
        } catch (SQLException | IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The server that runs on this data, if its pid file is not of the past. */
    private Optional<ProcessHandle> running() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                            .filter(process -> process.info()
                                    .command()
                                    .map(command -> command.endsWith("postgres"))
                                    .orElse(false));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The port in the pid file, its fourth line; 0 if there is none. */
    private int port() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() < 4 ? 0 : Integer.parseInt(lines.get(3).strip());
        } catch (IOException e) {
            return 0;
        }
    }

    /** A fast shutdown: open transactions are rolled back, data is flushed. SIGTERM would wait for the last client. */
    private void stopRunning() throws IOException {
        ProcessHandle server = running().orElse(null);
        if (server != null) {
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start();
            server.onExit()
                    .completeOnTimeout(server, LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    @Override
    public void stop() throws IOException {
        stopRunning();
    }

    private void run(String... command) throws IOException, InterruptedException {
        if (program(command).start().waitFor() != 0) {
            throw new IOException("postgres does not start: " + lastWords());
        }
    }

    /** In a session of its own, so that Ctrl-C reaches the application alone; and not as root, which it refuses to be. */
    private ProcessBuilder program(String... command) throws IOException {
        var all = new ArrayList<String>(List.of("setsid"));
        if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.add(binaries.resolve("bin").resolve(command[0]).toString());
        all.addAll(List.of(command).subList(1, command.length));
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    }

    private String lastWords() throws IOException {
        if (!Files.exists(output)) {
            return "it has said nothing";
        }
        List<String> lines = Files.readAllLines(output);
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))
                + "\n  all of it is in " + output;
    }
}
