package dev.ringside.benchmarks.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServingBenchTest {
    @TempDir
    Path folder;

    @Test
    void everyMeasureIsTakenAndWrittenWithWhatItIsMadeOf() throws Exception {
        var begun = new ArrayList<String>();
        List<ServingMeasured> found = new ServingBench(2, Duration.ofMillis(20), System::nanoTime)
                .measure(List.of(ServingMeasure.values()), (measure, round) -> begun.add(measure.key() + " " + round));
        assertEquals(8, begun.size());
        assertEquals("idle_wait_ms 7", begun.getLast());

        Path file = folder.resolve("serving.json");
        var report = new ServingReport(found);
        report.write(file);
        JsonNode measures = Json.read(Files.readAllBytes(file), JsonNode.class).get("measures");
        assertEquals(4, measures.size());
        for (JsonNode measure : measures) {
            assertEquals(2, measure.get("rounds").size());
            assertTrue(measure.get("median").asDouble() > 0, measure::toString);
            assertTrue(measure.get("beside").size() >= 2, measure::toString);
            assertTrue(report.table().contains("| `" + measure.get("key").asText() + "` | "), report::table);
        }
        double batch = measures.get(0).at("/beside/batch_formed").asDouble();
        assertTrue(batch >= 1 && batch <= 64, () -> "batch of " + batch);
    }

    @Test
    void measuresAreChosenByTheirKeys() {
        assertEquals(
                List.of(ServingMeasure.ENGINE_RATIO, ServingMeasure.IDLE_WAIT_MS),
                Keyed.chosen(List.of(ServingMeasure.values()), List.of("idle_wait_ms", "engine_ratio")));
        var refused = assertThrows(
                InvalidInput.class,
                () -> Keyed.chosen(List.of(ServingMeasure.values()), List.of("engine", "idle_wait_ms")));
        assertEquals("--only", refused.field());
        assertTrue(refused.rule().startsWith("expected some of engine_ratio, "), refused.rule());
        assertTrue(Arrays.stream(ServingMeasure.values())
                .noneMatch(measure -> measure.about().isBlank()));
    }

    @Test
    void aMedianIsTheMiddle() {
        assertEquals(2, ServingMeasured.median(List.of(9.0, 1.0, 2.0)));
        assertEquals(3, ServingMeasured.median(List.of(9.0, 1.0, 2.0, 4.0)));
    }
}
