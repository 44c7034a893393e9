package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringside.app.configuration.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressesTest {
    private static final Ports PORTS = new Ports(7070);
    private static final String KAFKA = "127.0.0.1:7071";
    private static final String POSTGRES = "jdbc:postgresql:x";
    private static final String REDIS = "127.0.0.1:7079";

    @TempDir
    Path folder;

    private DataFolder data;

    @BeforeEach
    void open() throws IOException {
        data = DataFolder.open(folder);
    }

    @Test
    void aNewFolderKnowsNoAddress() throws IOException {
        Addresses none = Addresses.read(data);
        assertEquals(new Addresses(null, Map.of(), null, null, null), none);
        assertNull(none.of(Role.ROUTER));
    }

    @Test
    void aProcessOfAllRolesIsTheAddressOfEach() throws IOException {
        Addresses published = Addresses.publish(data, Role.ALL, PORTS, KAFKA, POSTGRES, REDIS);
        assertEquals("http://127.0.0.1:7070", published.url());
        assertEquals("http://127.0.0.1:7070", published.of(Role.ROUTER));
        assertEquals("http://127.0.0.1:7070", published.of(Role.EXPERIMENTS));
        assertEquals(published, Addresses.read(data));
    }

    @Test
    void processesOfOneRoleEachAddWhatTheyKnow() throws IOException {
        Addresses.publish(data, Role.NONE, PORTS, KAFKA, POSTGRES, REDIS);
        Addresses.publish(data, Role.EXPERIMENTS, PORTS, null, null, null);
        Addresses published = Addresses.publish(data, Role.ROUTER, PORTS, null, null, null);
        assertEquals(
                new Addresses(
                        "http://127.0.0.1:7078",
                        Map.of("router", "http://127.0.0.1:7074", "experiments", "http://127.0.0.1:7078"),
                        KAFKA,
                        POSTGRES,
                        REDIS),
                published);
        assertNull(published.of(Role.SERVING));
    }

    @Test
    void whatIsConfiguredIsNoEmbeddedPartToOtherProcessesAndOneThatWasIsForgotten() throws IOException {
        Addresses.publish(data, Role.NONE, PORTS, KAFKA, POSTGRES, REDIS);
        Addresses published = Addresses.publish(data, Role.NONE, PORTS, null, POSTGRES, null);
        assertNull(published.kafka());
        assertEquals(POSTGRES, published.postgres());
        Addresses later = Addresses.publish(data, Role.ROUTER, PORTS, null, null, null);
        assertNull(later.kafka());
        assertEquals(POSTGRES, later.postgres());
        assertNull(later.redis());
        assertNull(Addresses.publish(data, Role.ALL, PORTS, null, null, null).postgres());
    }

    @Test
    void afterAnOrderlyStopTheFolderNamesNoAddress() throws IOException {
        Addresses.publish(data, Role.ALL, PORTS, KAFKA, POSTGRES, REDIS);
        Addresses.withdraw(data, Role.ALL);
        assertFalse(Files.exists(data.resolve("ports.json")));
        Addresses.withdraw(data, Role.ALL);
    }

    @Test
    void aProcessOfOneRoleTakesOutNoMoreThanItHasPublished() throws IOException {
        Addresses.publish(data, Role.NONE, PORTS, KAFKA, POSTGRES, REDIS);
        Addresses.publish(data, Role.EXPERIMENTS, PORTS, null, null, null);
        Addresses.publish(data, Role.ROUTER, PORTS, null, null, null);
        Addresses.withdraw(data, Role.EXPERIMENTS);
        assertEquals(
                new Addresses(null, Map.of("router", "http://127.0.0.1:7074"), KAFKA, POSTGRES, REDIS),
                Addresses.read(data));
        Addresses.withdraw(data, Role.NONE);
        assertEquals(
                new Addresses(null, Map.of("router", "http://127.0.0.1:7074"), null, null, null), Addresses.read(data));
        Addresses.withdraw(data, Role.ROUTER);
        assertFalse(Files.exists(data.resolve("ports.json")));
    }

    @Test
    void aFolderThatIsSplitIntoRolesForgetsTheProcessOfAllOfThem() throws IOException {
        Addresses.publish(data, Role.ALL, PORTS, KAFKA, POSTGRES, REDIS);
        assertNull(Addresses.publish(data, Role.ROUTER, PORTS, null, null, null).of(Role.SERVING));
    }

    @Test
    void aFolderThatIsJoinedAgainForgetsTheProcessesOfOneRole() throws IOException {
        Addresses.publish(data, Role.ROUTER, PORTS, KAFKA, POSTGRES, REDIS);
        assertEquals(
                Map.of("all", "http://127.0.0.1:7070"),
                Addresses.publish(data, Role.ALL, PORTS, KAFKA, POSTGRES, REDIS).roles());
    }
}
