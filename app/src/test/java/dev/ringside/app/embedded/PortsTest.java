package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.app.configuration.Role;
import dev.ringside.contract.InvalidInput;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @Test
    void allPortsFollowFromTheBaseWithoutGaps() {
        var ports = new Ports(7070);
        Stream<Integer> servers = Stream.of(ports.kafka(), ports.kafkaController(), ports.postgres(), ports.redis());
        Stream<Integer> roles =
                Arrays.stream(Role.values()).filter(role -> role != Role.NONE).map(ports::http);
        assertEquals(
                IntStream.rangeClosed(7070, 7079).boxed().toList(),
                Stream.concat(servers, roles).sorted().toList());
        assertEquals(7070, ports.http(Role.ALL));
    }

    @Test
    void grpcIsTenBehindHttp() {
        var ports = new Ports(7070);
        assertEquals(7080, ports.grpc(Role.ALL));
        assertEquals(7084, ports.grpc(Role.ROUTER));
        assertEquals(7085, ports.grpc(Role.SERVING));
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 7070, 65520})
    void aBaseWhosePortsAllExistIsTaken(int base) {
        assertEquals(base, new Ports(base).http(Role.ALL));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 80, 1023, 65521, 65535, 100_000})
    void aBaseThatIsReservedOrTooHighIsRefused(int base) {
        var refused = assertThrows(InvalidInput.class, () -> new Ports(base));
        assertEquals("'port': expected a base port from 1024 to 65520, found " + base, refused.getMessage());
    }
}
