package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers far from zero, and categories by the thousand. */
@Tag("slow")
class TrainLargeNumbersTest extends GamesTraining {
    private Path document(String feature, String model) throws IOException {
        String document = Files.readString(configuration(model));
        int from = document.indexOf("  - {name: number");
        int to = document.indexOf("model:");
        return Files.writeString(
                folder.resolve("one.yaml"), document.substring(0, from) + feature + "\n" + document.substring(to));
    }

    private double auc(String feature, String model) throws IOException {
        Path result = folder.resolve("result.json");
        assertEquals(
                0,
                train(document(feature, model), "--offline", "--out", folder.resolve("models"), "--json", result),
                errors::toString);
        return Json.read(Files.readString(result), JsonNode.class)
                .path("metrics")
                .path("test_auc")
                .asDouble();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGISTIC, NETWORK})
    @DisplayName("D6: what a whole number tells is the same five thousand million further on")
    void anOffsetChangesNothing(String model) throws Exception {
        Duck.write(folder.resolve("rows.csv"), """
            SELECT TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS time, hash(i) % 1000 AS number,
                   5000123000 + hash(i) % 1000 AS amount, 'x' AS city,
                   hash(i, 1) % 10 < (CASE WHEN hash(i) % 1000 > 500 THEN 9 ELSE 1 END) AS won
            FROM range(2400) t(i)
            """);

        double near = auc("  - {name: number, type: integer}", model);
        double far = auc("  - {name: amount, type: integer}", model);

        // Both are centred in FP64, and what is left of them to 7 digits is less than a hundredth of a step.
        assertEquals(near, far, 1e-3);
    }

    @Test
    @DisplayName("D4: a category of 8,000 values is refused by name and size before it is fitted, or embedded")
    void aCategoryOfManyValuesIsRefusedOrEmbedded() throws Exception {
        Duck.write(folder.resolve("rows.csv"), """
            SELECT TIMESTAMP '2020-01-01' + to_minutes(CAST(2 * i AS INTEGER)) AS time, 1 AS number, 1.0 AS amount,
                   'rider-' || hash(i) % 8000 AS city,
                   hash(i, 1) % 10 < (CASE WHEN hash(i) % 8000 % 10 < 3 THEN 8 ELSE 2 END) AS won
            FROM range(50000) t(i)
            """);

        assertEquals(
                2,
                train(
                        document("  - {name: city, type: category}", LOGISTIC),
                        "--offline",
                        "--out",
                        folder.resolve("models")));
        String refusal = errors.toString();
        assertTrue(refusal.contains("feature 'city' has 79"), refusal);
        assertTrue(refusal.contains("take representation {kind: embedding}"), refusal);

        // A rider was seen some four times, and leans one way.
        double auc = auc(
                "  - {name: city, type: category, representation: {kind: embedding}}",
                "{kind: network, hidden: [8], learning_rate: 0.01, batch: 1024, epochs: 3}");
        assertTrue(auc > 0.55, () -> "AUC " + auc);
    }
}
