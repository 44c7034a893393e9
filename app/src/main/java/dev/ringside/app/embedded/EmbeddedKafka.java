package dev.ringside.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A one-node Kafka broker as a child process, its log kept in the data folder. It ends when this process does. */
final class EmbeddedKafka implements AutoCloseable {
    /** A broker that is killed then has lost nothing, and looks through its last segments at the next start. */
    private static final int STOP_SECONDS = 10;

    private static final String CLUSTER_ID = "cmluZ3NpZGUtY2x1c3Rlcg";

    private final Process process;
    private final Ports ports;
    private final Path output;

    private EmbeddedKafka(Process process, Ports ports, Path output) {
        this.process = process;
        this.ports = ports;
        this.output = output;
    }

    /** Starts the broker; it may not answer yet, see {@link #awaitReady}. */
    static EmbeddedKafka start(DataFolder data, Ports ports, Path libraries) throws IOException {
        Path folder = Files.createDirectories(data.resolve("kafka"));
        awaitPredecessor(folder.resolve("broker.pid"));
        Path configuration = folder.resolve("server.properties");
        Files.writeString(configuration, configuration(folder, ports));
        Path output = folder.resolve("broker.out");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        // A session of its own: Ctrl-C in a terminal reaches the application alone, which stops it in
                        // order.
                        "setsid",
                        java,
                        "-Xmx320m",
                        "-Xms64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        libraries.resolve("*").toString(),
                        "dev.ringside.broker.BrokerMain",
                        configuration.toString(),
                        CLUSTER_ID)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectErrorStream(true)
                .start();
        Files.writeString(folder.resolve("broker.pid"), Long.toString(process.pid()));
        return new EmbeddedKafka(process, ports, output);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    void awaitReady() throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (System.nanoTime() < giveUp) {
            if (!process.isAlive()) {
                throw new IOException("kafka ended with status " + process.exitValue() + "; its last words are in "
                        + output + "; is port " + ports.kafka() + " or " + ports.kafkaController() + " taken?");
            }
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.kafka()), 200);
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("kafka does not answer on port " + ports.kafka() + " after 90 s; see " + output);
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
                        .map(line -> line.contains("dev.ringside.broker.BrokerMain"))
                        .orElse(false));
        before.ifPresent(handle -> {
            handle.onExit().completeOnTimeout(handle, 20, TimeUnit.SECONDS).join();
            if (handle.isAlive()) {
                handle.destroyForcibly();
                handle.onExit().completeOnTimeout(handle, 10, TimeUnit.SECONDS).join();
            }
        });
    }

    private static String configuration(Path folder, Ports ports) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
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
                """.formatted(ports.kafka(), ports.kafkaController(), folder.resolve("log"));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.toHandle()
                .onExit()
                .completeOnTimeout(process.toHandle(), STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }
}
