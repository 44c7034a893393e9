package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterAStop() throws Exception {
        try (var redis = new RunningRedis(folder.resolve("a b"))) {
            redis.with(commands -> commands.hset("user:1", "age", "41"));
            long first = redis.pid();
            redis.stop();
            redis.startAgain();
            redis.with(commands -> assertEquals("41", commands.hget("user:1", "age")));
            assertNotEquals(first, redis.pid());
        }
    }

    @Test
    void oneThatAKilledProcessLeftRunningIsUsedAgain() throws Exception {
        try (var redis = new RunningRedis(folder)) {
            long first = redis.pid();
            redis.startAgain();
            assertEquals(first, redis.pid());
        }
    }

    @Test
    void oneThatIsKilledStartsAgainOnTheSamePortAndData() throws Exception {
        try (var redis = new RunningRedis(folder)) {
            redis.with(commands -> commands.hset("user:1", "age", "41"));
            redis.kill();
            redis.startAgain();
            redis.with(commands -> assertEquals("41", commands.hget("user:1", "age")));
        }
    }

    @Test
    void itAnswersNobodyWithoutItsPassword() throws Exception {
        try (var redis = new RunningRedis(folder)) {
            RedisURI known = RedisURI.create(redis.address().url());
            try (var client = RedisClient.create(RedisURI.create(known.getHost(), known.getPort()))) {
                var refused = assertThrows(RedisConnectionException.class, client::connect);
                assertTrue(refused.getCause().getMessage().contains("NOAUTH"), refused.getCause()::getMessage);
            }
            assertFalse(redis.address().toString().contains("@"), redis.address()::toString);
        }
        assertEquals("rw-------", permissions("redis/redis.conf"));
        assertEquals("rw-------", permissions("secrets/redis-password"));
    }

    private String permissions(String file) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(file)));
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var redis = EmbeddedRedis.prepare(DataFolder.open(folder), new Ports(other.getLocalPort() - 9));
            String complaint = redis.portComplaint().orElseThrow();
            assertTrue(complaint.startsWith("port " + other.getLocalPort() + " (Redis) is taken by "), complaint);
            var failure = assertThrows(IOException.class, redis::start);
            assertTrue(failure.getMessage().startsWith("redis ended with status "), failure::getMessage);
        }
    }
}
