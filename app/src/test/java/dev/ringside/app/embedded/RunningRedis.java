package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.app.redis.RedisAddress;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The embedded Redis on a folder and a port of its own, which can be killed, paused and started again. */
public final class RunningRedis implements AutoCloseable {
    private final EmbeddedRedis redis;
    private ProcessHandle process;

    public RunningRedis(Path folder) throws IOException, InterruptedException {
        redis = EmbeddedRedis.prepare(DataFolder.open(folder), new Ports(freePort() - 9));
        process = redis.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public RedisAddress address() {
        return redis.address();
    }

    /** Does something with it as somebody else who knows the password. */
    public void with(Consumer<RedisCommands<String, String>> work) {
        try (var client = RedisClient.create(redis.address().url());
                var connection = client.connect()) {
            work.accept(connection.sync());
        }
    }

    public long pid() {
        return process.pid();
    }

    public void signal(String signal) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", signal, Long.toString(pid())).start().waitFor());
    }

    /** Ends it without giving it time for anything. */
    public void kill() throws IOException, InterruptedException {
        signal("-KILL");
        process.onExit().join();
    }

    /** Ends it in order. */
    public void stop() throws IOException {
        redis.stop();
    }

    /** What a keeper does when it has ended. */
    public void startAgain() throws IOException, InterruptedException {
        process = redis.start();
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
