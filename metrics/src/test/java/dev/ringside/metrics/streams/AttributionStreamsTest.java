package dev.ringside.metrics.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.Moments;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.metrics.DeadLetter;
import dev.ringside.metrics.attribution.Attribution;
import dev.ringside.metrics.attribution.Definitions;
import dev.ringside.metrics.attribution.Scene;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributionStreamsTest {
    private static final Instant LATER = Scene.NOON.plus(Duration.ofHours(3));

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> events;
    private TestOutputTopic<String, byte[]> moments;
    private TestOutputTopic<byte[], byte[]> late;
    private TestOutputTopic<byte[], byte[]> dead;

    @BeforeEach
    void start() {
        var definitions = new Definitions(Duration.ZERO);
        definitions.accept(Scene.definition());
        driver = new TopologyTestDriver(
                AttributionStreams.topology(1, definitions, 2000), AttributionStreams.properties(settings(folder)));
        events = driver.createInputTopic(Attribution.TOPIC, new ByteArraySerializer(), new ByteArraySerializer());
        moments = driver.createOutputTopic(
                AttributionProcessor.MOMENTS, new StringDeserializer(), new ByteArrayDeserializer());
        late = driver.createOutputTopic(
                AttributionProcessor.LATE, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        dead = driver.createOutputTopic(
                AttributionProcessor.DEAD, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    static StreamsSettings settings(Path folder) {
        return new StreamsSettings(
                Map.of("bootstrap.servers", "nowhere:1"),
                "ringside-metrics",
                folder,
                1,
                1,
                Duration.ofSeconds(10),
                Duration.ofSeconds(6),
                1 << 20);
    }

    private void pipe(UnitEvent event) {
        events.pipeInput(Json.bytes(event));
    }

    private void mark(Instant through) {
        pipe(Scene.mark("router", Mark.Role.ROUTER, through));
    }

    @Test
    void aMarkSendsCellsAndArmsAndThenTheSnapshot() {
        pipe(Scene.prediction(7, "unit-7", "better", "champion", Scene.NOON, 1));
        pipe(Scene.outcome(7, "e", 0, false, 2, LATER, LATER));
        mark(Scene.CLOSING);
        var records = moments.readRecordsToList();
        assertEquals(
                List.of(
                        "better/1/SLC/champion/value/2001-04-01T00:00:00Z",
                        "better/1/SLC/champion/2001-04-01T00:00:00Z",
                        "snapshot"),
                records.stream().map(r -> r.key()).toList());
        var cell =
                assertInstanceOf(KpiMessage.Cell.class, Json.read(records.get(0).value(), KpiMessage.class));
        assertTrue(cell.closed());
        assertEquals(Moments.ofUnit(7, 2_000_000), cell.moments());
        var snapshot = assertInstanceOf(
                KpiMessage.Snapshot.class, Json.read(records.get(2).value(), KpiMessage.class));
        assertEquals(Scene.CLOSING, snapshot.horizon());
        assertEquals(2, snapshot.offset());
        assertEquals(1, snapshot.totals().outcomes().get(OutcomeClass.COUNTED));
    }

    @Test
    void aRecordThatIsNoEventGoesToTheDeadLettersAndTheTaskGoesOn() {
        events.pipeInput("{\"schema\":\"ringside.outcome/1\",".getBytes(StandardCharsets.UTF_8));
        events.pipeInput("{\"schema\":\"ringside.surprise/9\"}".getBytes(StandardCharsets.UTF_8));
        events.pipeInput("{\"schema\":\"ringside.outcome/1\"}".getBytes(StandardCharsets.UTF_8));
        events.pipeInput("null".getBytes(StandardCharsets.UTF_8));
        events.pipeInput(new byte[] {(byte) 0xff, 1});
        events.pipeInput(new byte[0]);
        events.pipeInput((byte[]) null);
        mark(Scene.NOON);
        assertEquals(1, moments.readRecordsToList().size());
        List<DeadLetter> letters = dead.readValuesToList().stream()
                .map(v -> Json.read(v, DeadLetter.class))
                .toList();
        assertEquals(7, letters.size());
        assertEquals("{\"schema\":\"ringside.outcome/1\",", letters.get(0).text());
        assertEquals("/wE=", letters.get(4).base64());
        assertEquals(4, letters.get(4).offset());
        letters.forEach(l -> assertTrue(l.reason().startsWith("not an event: "), l.reason()));
    }

    @Test
    void anEventWithoutARequiredFieldIsRefusedAndTheTaskGoesOn() {
        String outcome = Json.write(Scene.outcome(7, "e", 0, false, 1, LATER, LATER));
        for (String field : List.of("event_id", "name", "time", "received_at", "ingest")) {
            events.pipeInput(without(field, outcome));
        }
        String prediction = Json.write(Scene.prediction(7, "unit-7", "better", "champion", Scene.NOON, 1));
        for (String field : List.of("prediction_id", "unit", "time", "slot", "segment", "router", "epoch", "variant")) {
            events.pipeInput(without(field, prediction));
        }
        events.pipeInput(without("writer", Json.write(Scene.mark("router", Mark.Role.ROUTER, Scene.NOON))));
        mark(Scene.NOON);
        var snapshot = Json.read(moments.readValue(), KpiMessage.class);
        assertEquals(
                14,
                assertInstanceOf(KpiMessage.Snapshot.class, snapshot).totals().refused());
        assertEquals(
                "'event_id': missing",
                Json.read(dead.readValue(), DeadLetter.class).reason());
    }

    private static byte[] without(String field, String event) {
        try {
            var tree = (com.fasterxml.jackson.databind.node.ObjectNode)
                    Json.mapper().readTree(event);
            tree.remove(field);
            return Json.bytes(tree);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void lateOutcomesAndUnmatchedOnesHaveTopicsOfTheirOwn() {
        pipe(Scene.prediction(7, "unit-7", "better", "champion", Scene.NOON, 1));
        var tooLate = Scene.outcome(7, "e", 0, false, 1, LATER, Scene.NOON.plus(Duration.ofHours(25)));
        pipe(tooLate);
        pipe(Scene.outcome(8, "f", 0, false, 1, LATER, LATER));
        mark(Scene.CLOSING.plus(Duration.ofDays(1)));
        assertEquals(tooLate, Json.read(late.readValue(), UnitEvent.class));
        var letter = Json.read(dead.readValue(), DeadLetter.class);
        assertEquals(Scene.outcome(8, "f", 0, false, 1, LATER, LATER), letter.event());
    }
}
