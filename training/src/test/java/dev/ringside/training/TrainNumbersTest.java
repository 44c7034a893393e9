package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A label that is a number, in units of thousands, through the whole of a training. */
class TrainNumbersTest extends GamesTraining {
    private static final String SHALLOW = "{kind: trees, rounds: 80, max_depth: 3, learning_rate: 0.2, patience: 10}";

    private Path models;

    @BeforeEach
    void writeNumbers() throws Exception {
        models = folder.resolve("models");
        Duck.write(folder.resolve("rows.csv"), """
            SELECT TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS time, i % 7 AS number,
                   sin(i) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city,
                   20000 + 3000 * (i % 7) + 5000 * sin(i) + CAST(hash(i) % 2001 AS BIGINT) - 1000
                       + CASE WHEN hash(i + 7) % 40 = 0 THEN 200000 ELSE 0 END AS spent,
                   hash(i + 3) % 1000 AS nothing
            FROM range(2400) t(i)
            """);
    }

    private Path numbers(String version, String label, String model, String added) throws IOException {
        return Files.writeString(
                folder.resolve(version + ".yaml"),
                added
                        + Files.readString(configuration(model))
                                .replace("version: v2", "version: " + version)
                                .replace("parent: games/v1\n", "")
                                .replace("label: won", "label: {column: " + label + ", kind: number}"));
    }

    private JsonNode trained(Path document) throws IOException {
        digest(document, "--offline", "--out", models);
        return Json.read(Files.readString(folder.resolve("result.json")), JsonNode.class)
                .path("metrics");
    }

    /** Rows without the outliers, of which nothing tells. */
    private void withoutOutliers() throws Exception {
        Duck.write(
                folder.resolve("clean.csv"), "SELECT * FROM '" + folder.resolve("rows.csv") + "' WHERE spent < 100000");
        Files.move(folder.resolve("clean.csv"), folder.resolve("rows.csv"), StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: network, hidden: [16], learning_rate: 0.01, batch: 64, epochs: 12}",
                SHALLOW,
                "{kind: ensemble, members: [" + SHALLOW
                        + ", {kind: network, hidden: [16], learning_rate: 0.01, batch: 64, epochs: 12}]}"
            })
    void everyMeasureHasItsIntervalAndTheUnitOfTheLabelDoesNotMatter(String model) throws Exception {
        withoutOutliers();

        JsonNode metrics = trained(numbers("n1", "spent", model, ""));

        for (String metric : new String[] {"rmse", "mae", "r_squared"}) {
            double value = metrics.path("test_" + metric).asDouble(Double.NaN);
            assertTrue(metrics.path("test_" + metric + "_low").asDouble(Double.NaN) < value, metrics::toString);
            assertTrue(metrics.path("test_" + metric + "_high").asDouble(Double.NaN) > value, metrics::toString);
            assertTrue(metrics.has("validation_" + metric), metrics::toString);
            assertTrue(metrics.has("test_" + metric + "/A"), metrics::toString);
        }
        assertTrue(metrics.path("test_r_squared").asDouble() > 0.9, metrics::toString);
        String card = Files.readString(models.resolve("games/n1/card.md"));
        assertTrue(card.contains("| mae | r\\_squared | rmse |"), card);
        assertTrue(output.toString().contains("passed above_mean"), output::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"network, hidden: [16], learning_rate: 0.01, batch: 64, epochs: 12", "trees, rounds: 60"})
    void aHuberLossIsNotLedByOutliers(String model) throws IOException {
        boolean trees = model.startsWith("trees");
        String more = trees ? ", max_depth: 3, min_child_weight: 0, patience: 0" : "";
        String stop = trees ? "" : "stop: {metric: validation.mae}\n";

        double squared = absoluteError(numbers("squared", "spent", "{kind: " + model + more + "}", stop));
        double huber = absoluteError(numbers("huber", "spent", "{kind: " + model + more + ", huber: 2000}", stop));

        assertTrue(huber < 0.8 * squared, huber + " " + squared);
    }

    /** Of a model that may be refused: by its squares, which outliers make, it tells no more than the mean. */
    private double absoluteError(Path document) throws IOException {
        Path result = folder.resolve("result.json");
        train(document, "--offline", "--out", models, "--json", result);
        return Json.read(Files.readString(result), JsonNode.class)
                .path("metrics")
                .path("test_mae")
                .asDouble(Double.NaN);
    }

    @Test
    void aChampionIsComparedByItsSquaredErrorAlsoInEachSegment() throws Exception {
        withoutOutliers();
        trained(numbers("n1", "spent", "{kind: trees, rounds: 3, max_depth: 1, patience: 0}", ""));

        trained(numbers(
                "n2",
                "spent",
                SHALLOW,
                "gates: {champion: models/games/n1, margin: 1000000, segment_margin: 1000000}\n"));

        assertTrue(output.toString().contains("passed champion_loss"), output::toString);
        assertTrue(output.toString().contains("passed segment_champion_loss"), output::toString);
        assertTrue(Files.readString(models.resolve("games/n2/card.md")).contains("test, champion"));
    }

    @Test
    void aModelThatTellsNoMoreThanTheMeanIsRefused() throws IOException {
        Path document = numbers("n1", "nothing", SHALLOW, "");

        assertEquals(1, train(document, "--offline", "--out", models), errors::toString);

        assertTrue(output.toString().contains("REFUSED by above_mean: R² "), output::toString);
    }

    @Test
    void whatNeedsAYesOrNoIsToldTogether() throws IOException {
        Path document =
                numbers("n1", "spent", LOGISTIC, "stop: {metric: validation.auc}\ngates: {calibration: 0.02}\n");
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("  by: city", "  by: city\n  profit: {threshold: 0.5, right: 1, wrong: -1}"));

        assertEquals(2, train(document, "--offline"));

        String told = errors.toString();
        assertTrue(told.contains("model.kind: expected network or trees, as logistic regression predicts"), told);
        assertTrue(told.contains("metrics.profit: is a pay-off of a yes or no"), told);
        assertTrue(told.contains("gates.calibration: is of probabilities of a yes or no"), told);
        assertTrue(told.contains("stop.metric: expected one of validation.rmse, validation.mae"), told);
    }
}
