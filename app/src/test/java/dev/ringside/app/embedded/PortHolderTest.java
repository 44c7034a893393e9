package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.configuration.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortHolderTest {
    /** P15. */
    @Test
    @SuppressWarnings("try") // closed in the middle, to see the port free
    void aPortThatIsTakenIsNamedWithTheProcessThatHasIt() throws IOException, StartRefused {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            String complaint = PortHolder.complaint(InetAddress.getLoopbackAddress(), port, "Kafka")
                    .orElseThrow();
            assertTrue(
                    complaint.startsWith("port " + port + " (Kafka) is taken by process "
                            + ProcessHandle.current().pid() + ", "),
                    complaint);
            assertTrue(complaint.endsWith(": stop it, or name another base port with --port"), complaint);
            assertEquals(1, complaint.lines().count());
            var refused = assertThrows(StartRefused.class, () -> new Ports(port).requireFree(Role.ALL, "127.0.0.1"));
            assertTrue(refused.getMessage().startsWith("port " + port + " (HTTP) is taken by "), refused::getMessage);
            other.close();
            new Ports(port).requireFree(Role.ALL, "127.0.0.1");
            assertEquals(Optional.empty(), PortHolder.holder(port));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java -jar /x/quarkus-app/quarkus-run.jar up --data-dir /d/a --port 1|the Ringside on data folder /d/a",
                "java -cp /x/* dev.ringside.broker.BrokerMain /d/a/kafka/server.properties id|the Kafka of the Ringside on data folder /d/a",
                "/d/a/postgres-binaries/17/bin/postgres -D /d/a/postgres -p 7073|the PostgreSQL of the Ringside on data folder /d/a",
                "/d/a/redis-binaries/6.2.6/redis-server 127.0.0.1:7079|the Redis of the Ringside on data folder /d/a",
                "nginx: master|nginx: master"
            })
    void aProcessOfOursIsKnownByItsDataFolder(String command, String words) {
        assertEquals(words, PortHolder.describe(command));
    }
}
