package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every topic gets what nobody can read: empty, null, 900 KB, another schema, foreign and aborted transactions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PoisonIT {
    private static final int PORT = 29770;
    private static final int PARTITIONS = 4;
    private static final int WIDENED = 9;
    private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([a-z0-9-]+)\"");

    /** As docs/operations.md says, and what the record then takes on a busy machine. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(10 + 10);

    private RunningPlatform platform;
    private ForeignClient kafka;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        platform = RunningPlatform.starting(
                folder.resolve("data"), PORT, PORT, List.of("-Dringside.metrics.archive-after=2s"));
        platform.await("ready", this::isReady);
        kafka = new ForeignClient("127.0.0.1:" + (PORT + 1), password(folder.resolve("data/kafka/server.properties")));
    }

    @AfterAll
    void stop() {
        if (kafka != null) {
            kafka.close();
        }
        platform.close();
    }

    /** The password that the embedded broker asks for; null if it asks for none. */
    private static String password(Path configuration) throws IOException {
        Matcher found = Pattern.compile("clients.plain.sasl.jaas.config=.* password=\"([^\"]+)\"")
                .matcher(Files.readString(configuration));
        return found.find() ? found.group(1) : null;
    }

    private boolean isReady() throws IOException, InterruptedException {
        return platform.get("/q/health/ready").status() == 200;
    }

    /** What nobody can read. */
    private static List<byte[]> poison() {
        byte[] binary = new byte[900_000];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i * 7 + 3);
        }
        byte[] control = new byte[300_000];
        Arrays.fill(control, (byte) 1);
        return Arrays.asList(
                null,
                new byte[0],
                binary,
                control,
                text("null"),
                text("[]"),
                text("{\"schema\":\"ringside.surprise/9\"}"),
                text("{\"schema\":\"ringside.prediction/1\",\"propensity\":1,\"boot\":1,\"sequence\":1}"),
                text("{\"schema\":\"ringside.cell/1\",\"partition\":0,\"closed\":true}"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] outcome(String id) {
        return text("{\"event_id\":\"" + id + "\",\"unit\":\"u-" + id + "\",\"name\":\"late\",\"value\":1,\"time\":\""
                + Instant.now() + "\"}");
    }

    private JsonNode standstills() throws IOException, InterruptedException {
        return platform.get("/api/standstills").json();
    }

    private void assertNothingStands() throws IOException, InterruptedException {
        JsonNode now = standstills();
        assertEquals(0, now.get("standstills").size(), now::toString);
        assertTrue(isReady(), now::toString);
    }

    @Test
    @Order(1)
    @DisplayName("D10, D11: outcomes behind what nobody can read are taken, those of aborted transactions are not")
    void outcomesAreTakenWhateverStandsBetweenThem() throws Exception {
        for (byte[] each : poison()) {
            kafka.send("outcomes", null, null, each);
        }
        kafka.transaction("outcomes", 0, outcome("aborted"), false);
        kafka.transaction("outcomes", 0, outcome("committed"), true);
        for (int i = 0; i < 8; i++) {
            kafka.send("outcomes", i % PARTITIONS, null, outcome("good-" + i));
        }
        platform.await("taken", () -> {
            Set<String> taken = taken();
            return taken.stream().filter(id -> id.startsWith("good-")).count() == 8 && taken.contains("committed");
        });
        assertTrue(!taken().contains("aborted"), () -> taken().toString());
        // An array without outcomes is not wrong.
        platform.await("in the dead letters", () -> kafka.values("dead-letter").size() >= poison().size() - 1);
        for (byte[] letter : kafka.values("dead-letter")) {
            assertTrue(letter.length < 64_000, "a dead letter has " + letter.length + " bytes");
        }
        assertNothingStands();
    }

    /** The ids of the outcomes that stand in the log. */
    private Set<String> taken() {
        var taken = new TreeSet<String>();
        for (byte[] value : kafka.values("unit-events")) {
            Matcher id = EVENT_ID.matcher(new String(value, StandardCharsets.UTF_8));
            if (id.find()) {
                taken.add(id.group(1));
            }
        }
        return taken;
    }

    @Test
    @Order(4)
    @DisplayName("D17: partitions that the topic outcomes is given while all runs are read within ten seconds")
    void partitionsThatAreAddedAreReadSoon() throws Exception {
        kafka.widen("outcomes", WIDENED);
        var sent = new TreeSet<String>();
        for (int partition = 0; partition < WIDENED; partition++) {
            kafka.send("outcomes", partition, null, outcome("wide-" + partition));
            sent.add("wide-" + partition);
        }
        long begin = System.nanoTime();
        platform.await("taken", () -> taken().containsAll(sent));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.compareTo(READ_WITHIN) < 0, took::toString);
        assertNothingStands();
    }

    @Test
    @Order(2)
    @DisplayName("D11, D12: the aggregator and the archive go on behind what nobody can read in unit-events")
    void theLogGoesOn() throws Exception {
        Map<Integer, Long> last = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (byte[] each : poison()) {
                last.put(partition, kafka.send("unit-events", partition, null, each));
            }
            kafka.transaction("unit-events", partition, text("foreign"), true);
            kafka.transaction("unit-events", partition, text("foreign and aborted"), false);
        }
        Instant sent = Instant.now();
        platform.await("archived", () -> {
            for (JsonNode partition : platform.get("/api/archive").json()) {
                if (partition.get("archived_end_offset").asLong()
                        <= last.get(partition.get("partition").asInt()) + 4) {
                    return false;
                }
            }
            return true;
        });
        platform.await(
                "counted",
                () -> Instant.parse(
                                platform.get("/api/books").json().get("horizon").asText("1970-01-01T00:00:00Z"))
                        .isAfter(sent));
        assertNothingStands();
    }

    @Test
    @Order(3)
    @DisplayName("B7: what nobody can read in routing and fleet is passed over and counted")
    void routingAndFleetGoOn() throws Exception {
        for (String key : List.of("table", "clock", "definition/x/1", "nobody")) {
            for (byte[] each : poison()) {
                kafka.send("routing", 0, key, each);
            }
        }
        for (byte[] each : poison()) {
            kafka.send("fleet", 0, "nobody", each);
        }
        platform.await("passed over", () -> {
            JsonNode passed = standstills().get("passed_over");
            return passed.path("routing").asLong() > 0 && passed.path("fleet").asLong() > 0;
        });
        assertNothingStands();
        assertEquals(
                202,
                platform.post("/api/outcomes", new String(outcome("posted"), StandardCharsets.UTF_8))
                        .status());
    }

    @Test
    @Order(5)
    @DisplayName("S19: a record of kpi-moments that is none is a standstill, named wherever people look")
    void kpiMomentsStandStill() throws Exception {
        long offset = kafka.send(
                "kpi-moments", 2, "foreign", text("{\"schema\":\"ringside.cell/1\",\"partition\":2,\"closed\":true}"));
        platform.await("standing still", () -> standstills().get("standstills").size() > 0);
        JsonNode standing = standstills().get("standstills").get(0);
        assertEquals("kpi-moments", standing.get("topic").asText());
        assertEquals(2, standing.get("partition").asInt());
        assertEquals(offset, standing.get("offset").asLong());
        RunningPlatform.Answer ready = platform.get("/q/health/ready");
        assertEquals(503, ready.status());
        assertTrue(
                ready.body().contains("topic kpi-moments partition 2 stands still at offset " + offset), ready.body());
        platform.await(
                "in the metrics",
                () -> platform.get("/q/metrics")
                        .body()
                        .contains("ringside_topic_standing{partition=\"2\",topic=\"kpi-moments\"} 1"));
        assertEquals(
                202,
                platform.post("/api/outcomes", new String(outcome("still"), StandardCharsets.UTF_8))
                        .status());
    }
}
