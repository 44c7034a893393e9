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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningGainTest {
    private static final int GROUPS = 8;

    @TempDir
    private Path folder;

    /** Groups of 60 rows in which the same holds as in 1,500 rows of none. */
    private Path document(String model) throws IOException {
        var random = new Random(1);
        var rows = new StringBuilder("g,x,z,y\n");
        for (int i = 0; i < 1_500 + 60 * GROUPS; i++) {
            double x = random.nextGaussian();
            double z = random.nextGaussian();
            rows.append(i < 1_500 ? "" : "g" + i % GROUPS)
                    .append(',')
                    .append(x)
                    .append(',')
                    .append(z)
                    .append(',')
                    .append(x * z + random.nextGaussian() / 2 > 0 ? 1 : 0)
                    .append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        return Files.writeString(folder.resolve("document.yaml"), """
                slot: s
                version: v
                data: rows.csv
                label: y
                features: [{name: x, type: number}, {name: z, type: number}]
                metrics: {by: g}
                split: {kind: random, train: 0.4, validation: 0.2, test: 0.4}
                model: %s
                """.formatted(model));
    }

    @Test
    void networksThatBeginWithOneOfOtherRowsAreComparedWithThoseThatBeginAnew() throws IOException {
        Path result = folder.resolve("result.json");

        FineTuningGain.main(
                document("{kind: network, hidden: [16], learning_rate: 0.01, batch: 64, epochs: 20, patience: 4}")
                        .toString(),
                "1",
                result.toString());

        JsonNode found = Json.read(Files.readString(result), JsonNode.class);
        assertEquals(GROUPS, found.path("groups").asInt());
        assertTrue(found.path("test_rows").asInt() > 100, found::toString);
        assertTrue(found.path("peak_bytes").asLong() > 1_000_000, found::toString);
        assertEquals(0, found.path("champion_over_champion").asDouble());
        for (String model : List.of("champion", "logistic", "every_layer", "gradual", "new_head", "regions")) {
            double gain = found.path(model + "_gain").asDouble();
            assertEquals(
                    found.path("scratch_log_loss").asDouble()
                            - found.path(model + "_log_loss").asDouble(),
                    gain,
                    1e-12,
                    model);
            assertTrue(found.path(model + "_gain_low").asDouble() < gain, model);
        }
        // What holds in all rows cannot be learnt of some forty.
        assertTrue(found.path("every_layer_gain_low").asDouble() > 0, found::toString);
        assertTrue(
                found.path("logistic_auc").asDouble()
                        < found.path("champion_auc").asDouble(),
                found::toString);
    }

    @Test
    void aDocumentWithoutGroupsIsRefused() throws Exception {
        Path document = document("{kind: trees}");

        Process process = ThisProgram.again(
                        FineTuningGain.class,
                        List.of(
                                document.toString(),
                                "1",
                                folder.resolve("r.json").toString()))
                .redirectErrorStream(true)
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(1, process.waitFor(), words);
        assertTrue(words.contains("expected model: {kind: network, …} and metrics: {by: COLUMN}"), words);
    }
}
