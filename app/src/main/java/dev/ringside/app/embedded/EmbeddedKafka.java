package dev.ringside.app.embedded;

import dev.ringside.app.kafka.KafkaConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * A one-node Kafka broker as a child process, its log kept in the data folder, that answers this installation only: on the
 * loopback, by password. It ends when this process does.
 */
final class EmbeddedKafka implements EmbeddedServer {
    /** A broker that is killed then has lost nothing, and looks through its last segments at the next start. */
    private static final int STOP_SECONDS = 10;

    private static final int LONGEST_START_SECONDS = 90;
    private static final String MAIN = "dev.ringside.broker.BrokerMain";
    private static final String USER = "ringside";

    private final Path folder;
    private final Path output;
    private final Ports ports;
    private final Path libraries;
    private final String clusterId;
    private final String password;
    private final boolean open;
    private @Nullable Process process;

    private EmbeddedKafka(Path folder, Ports ports, Path libraries, String clusterId, String password, boolean open) {
        this.folder = folder;
        this.output = folder.resolve("broker.out");
        this.ports = ports;
        this.libraries = libraries;
        this.clusterId = clusterId;
        this.password = password;
        this.open = open;
    }

    /**
     * Prepares its folder, and waits for the end of a broker that a killed process has left; nothing runs yet.
     *
     * @param libraries the folder of the broker's jars
     * @param open whether anybody on this machine may read and write without a password
     */
    static EmbeddedKafka prepare(DataFolder data, Ports ports, InstallFile install, Path libraries, boolean open)
            throws IOException {
        Path folder = PrivateFiles.folder(data.resolve("kafka"));
        awaitPredecessor(folder.resolve("broker.pid"));
        Path log = folder.resolve("log").resolve("meta.properties");
        String clusterId = install.id();
        if (Files.exists(log)) {
            var formatted = new Properties();
            try (var in = Files.newBufferedReader(log)) {
                formatted.load(in);
            }
            clusterId = formatted.getProperty("cluster.id", clusterId);
        }
        return new EmbeddedKafka(
                folder, ports, libraries, clusterId, Secrets.of(data).kafka(), open);
    }

    /** How a client of this installation reaches the embedded Kafka at an address. */
    static KafkaConnection connection(String servers, String password, boolean open) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", servers));
        if (!open) {
            settings.put("security.protocol", "SASL_PLAINTEXT");
            settings.put("sasl.mechanism", "PLAIN");
            settings.put("sasl.jaas.config", login(password) + ";");
        }
        return new KafkaConnection(settings);
    }

    private static String login(String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER + "\" password=\""
                + password + "\"";
    }

    KafkaConnection connection() {
        return connection("127.0.0.1:" + ports.kafka(), password, open);
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Path output() {
        return output;
    }

    @Override
    public Optional<String> portComplaint() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return PortHolder.complaint(loopback, ports.kafka(), "Kafka")
                .or(() -> PortHolder.complaint(loopback, ports.kafkaController(), "Kafka's controller"));
    }

    @Override
    public ProcessHandle start() throws IOException, InterruptedException {
        Path configuration = folder.resolve("server.properties");
        PrivateFiles.write(configuration, configuration());
        Process started = new ProcessBuilder(
                        // A session of its own: Ctrl-C in a terminal reaches the application alone, which stops it in
                        // order.
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx320m",
                        "-Xms64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        libraries.resolve("*").toString(),
                        MAIN,
                        configuration.toString(),
                        clusterId)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectErrorStream(true)
                .start();
        process = started;
        PrivateFiles.write(folder.resolve("broker.pid"), Long.toString(started.pid()));
        try {
            awaitListening(started);
            proveOurs(started);
        } catch (IOException e) {
            started.destroyForcibly();
            throw e;
        }
        return started.toHandle();
    }

    private void awaitListening(Process started) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
        while (System.nanoTime() < giveUp) {
            requireAlive(started);
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.kafka()), 200);
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("kafka does not answer on port " + ports.kafka() + " after " + LONGEST_START_SECONDS
                + " s; see " + output);
    }

    private void requireAlive(Process started) throws IOException {
        if (!started.isAlive()) {
            throw new IOException("kafka ended with status " + started.exitValue()
                    + portComplaint().map(taken -> ": " + taken).orElse("") + "; its last words are in " + output);
        }
    }

    /** Whoever listens on the port must know the password and be the cluster of this folder. */
    private void proveOurs(Process started) throws IOException, InterruptedException {
        try (Admin admin = Admin.create(connection()
                .with(Map.of(
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        30_000)))) {
            String found = admin.describeCluster().clusterId().get(35, TimeUnit.SECONDS);
            requireAlive(started);
            if (!clusterId.equals(found)) {
                throw new IOException("port " + ports.kafka() + " is another Kafka's, cluster " + found + ", not "
                        + clusterId + " of " + folder);
            }
        } catch (ExecutionException | TimeoutException e) {
            requireAlive(started);
            throw new IOException(
                    "kafka on port " + ports.kafka() + " does not take this installation's password: "
                            + (e.getCause() == null ? e : e.getCause()) + "; see " + output,
                    e);
        }
    }

    /** A killed parent's broker is still closing for a while, and would answer on the port. */
    private static void awaitPredecessor(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> before = ProcessHandle.of(
                        Long.parseLong(Files.readString(pidFile).strip()))
                .filter(handle -> handle.info()
                        .commandLine()
                        .map(line -> line.contains(MAIN))
                        .orElse(false));
        before.ifPresent(handle -> {
            handle.onExit().completeOnTimeout(handle, 20, TimeUnit.SECONDS).join();
            if (handle.isAlive()) {
                handle.destroyForcibly();
                handle.onExit().completeOnTimeout(handle, 10, TimeUnit.SECONDS).join();
            }
        });
    }

    private String configuration() {
        String clients = open ? "PLAINTEXT" : "SASL_PLAINTEXT";
        String accounts = login(password) + " user_" + USER + "=\"" + password + "\";";
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%2$d
                listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENTS://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=CLIENTS
                listener.security.protocol.map=CONTROLLER:SASL_PLAINTEXT,CLIENTS:%4$s
                sasl.enabled.mechanisms=PLAIN
                sasl.mechanism.inter.broker.protocol=PLAIN
                sasl.mechanism.controller.protocol=PLAIN
                listener.name.clients.plain.sasl.jaas.config=%5$s
                listener.name.controller.plain.sasl.jaas.config=%5$s
                log.dirs=%3$s
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                num.partitions=4
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=8388608
                log.segment.bytes=67108864
                auto.create.topics.enable=false
                """.formatted(ports.kafka(), ports.kafkaController(), folder.resolve("log"), clients, accounts);
    }

    @Override
    public void stop() throws IOException {
        Process running = process;
        if (running == null) {
            return;
        }
        running.getOutputStream().close();
        running.toHandle()
                .onExit()
                .completeOnTimeout(running.toHandle(), STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        running.destroyForcibly();
    }
}
