package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ProcessPaceTest {
    @TempDir
    Path folder;

    private String run(Path document, Path result) throws IOException, InterruptedException {
        Process process = ThisProgram.again(
                        ProcessPace.class, List.of(document.toString(), "1", "1", result.toString()))
                .redirectErrorStream(true)
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + ": " + words;
    }

    private Path document(String model) throws IOException {
        var random = new Random(1);
        var rows = new StringBuilder("x,y\n");
        for (int i = 0; i < 400; i++) {
            double x = random.nextGaussian();
            rows.append(x)
                    .append(',')
                    .append(x + random.nextGaussian() > 0 ? 1 : 0)
                    .append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        return Files.writeString(folder.resolve("document.yaml"), """
                slot: s
                version: v
                data: rows.csv
                label: y
                features: [{name: x, type: number}]
                split: {kind: random, train: 0.6, validation: 0.2, test: 0.2}
                model: %s
                """.formatted(model));
    }

    @Test
    void aNetworkAndASmallOneAreTimedInOneProcessAndInTwo() throws Exception {
        Path result = folder.resolve("result.json");
        String words = run(document("{kind: network, hidden: [80], batch: 64}"), result);

        assertTrue(words.startsWith("0: "), words);
        JsonNode pace = Json.read(Files.readString(result), JsonNode.class);
        assertEquals(
                pace.path("seconds").doubleValue()
                        / pace.path("two_process_seconds").doubleValue(),
                pace.path("speedup").doubleValue());
        assertTrue(pace.path("small_speedup").doubleValue() > 0, pace::toString);
    }

    @Test
    void aDocumentWithoutANetworkIsRefused() throws Exception {
        String words = run(document("{kind: trees}"), folder.resolve("result.json"));

        assertTrue(words.startsWith("1: ") && words.contains("model: expected kind network"), words);
    }
}
