package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainClassesTest extends GamesTraining {
    private Path models;

    @BeforeEach
    void writeClasses() throws Exception {
        models = folder.resolve("models");
        Duck.write(folder.resolve("rows.csv"), """
            SELECT *, CASE WHEN noisy > 6 THEN 'won' WHEN noisy > 3 THEN 'drawn' ELSE 'lost' END AS result
            FROM (SELECT TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS time, i % 7 AS number,
                         sin(i) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city,
                         i % 7 + 3 * sin(i) + hash(i) % 3 AS noisy
                  FROM range(2400) t(i))
            """);
    }

    private Path classes(String version, String classes, String model) throws IOException {
        return Files.writeString(
                folder.resolve(version + ".yaml"),
                Files.readString(configuration(model))
                        .replace("version: v2", "version: " + version)
                        .replace("parent: games/v1\n", "")
                        .replace("label: won", "label: {column: result, kind: classes, classes: " + classes + "}"));
    }

    @Test
    void eachClassHasAProbabilityInTheGraphAndTheMeasuresAreThoseOfSeveralClasses() throws IOException {
        digest(classes("c1", "[lost, drawn, won]", NETWORK), "--offline", "--out", models);

        ModelManifest manifest =
                Json.read(Files.readString(models.resolve("games/c1/manifest.json")), ModelManifest.class);
        assertEquals(List.of(-1L, 3L), manifest.signature().outputs().getFirst().shape());
        for (ModelManifest.Golden golden : manifest.golden()) {
            float[] of = ((TensorData.Fp32) golden.outputs().getFirst().data()).values();
            assertEquals(1, of[0] + of[1] + of[2], 1e-5);
        }
        assertTrue(manifest.metrics().get("test_accuracy") > 0.7, manifest.metrics()::toString);
        assertTrue(manifest.metrics().get("test_macro_auc") > 0.85, manifest.metrics()::toString);
        assertTrue(manifest.metrics().get("test_log_loss") < 0.7, manifest.metrics()::toString);
        assertTrue(manifest.metrics().containsKey("test_accuracy/A"));
    }

    @Test
    void aChampionOfClassesIsComparedByItsLossAndCanBeBegunWith() throws IOException {
        digest(classes("c1", "[lost, drawn, won]", NETWORK), "--offline", "--out", models);
        Path child = classes("c2", "[lost, drawn, won]", "{epochs: 4, batch: 64}");
        Files.writeString(
                child,
                "fine_tune: {from: models/games/c1}\ngates: {champion: models/games/c1, margin: 0.2}\n"
                        + Files.readString(child));

        digest(child, "--offline", "--out", models);

        assertTrue(output.toString().contains("passed champion_loss"), output::toString);
    }

    @Test
    void shuffledClassesEndAsRefusedAndACopyOfOneStopsTheRun() throws IOException {
        Path shuffled = classes("c1", "[lost, drawn, won]", NETWORK);
        String words = "data: rows.csv\nsource: SELECT * REPLACE (%s) FROM read_csv(getvariable('data'))";
        String document = Files.readString(shuffled);
        Files.writeString(
                shuffled,
                document.replace(
                        "data: rows.csv",
                        words.formatted(
                                "['lost', 'drawn', 'won'][CAST(hash(amount + 1) % 3 + 1 AS INTEGER)] AS result")));

        assertEquals(1, train(shuffled, "--offline", "--out", models));

        assertTrue(output.toString().contains("REFUSED by above_chance: mean AUC of 3 classes"), output::toString);
        Files.writeString(
                shuffled,
                document.replace("data: rows.csv", words.formatted("CAST(result = 'drawn' AS INTEGER) AS number")));
        assertEquals(2, train(shuffled, "--offline", "--out", models));
        assertTrue(
                errors.toString()
                        .contains("leaks: feature 'number' by itself predicts the label with an AUC of 1.0000 (by its"
                                + " order, 'drawn' against the others)"),
                errors::toString);
    }

    @Test
    void classesAndAllRowsTogetherLeaveACheckpointToo() throws IOException {
        Path document = classes("c1", "[lost, drawn, won]", NETWORK);
        Files.writeString(document, "refit: all\n" + Files.readString(document));

        digest(document, "--offline", "--out", models);

        ModelManifest manifest =
                Json.read(Files.readString(models.resolve("games/c1/manifest.json")), ModelManifest.class);
        assertEquals(List.of(-1L, 3L), manifest.signature().outputs().getFirst().shape());
        assertTrue(Files.exists(models.resolve("games/c1/checkpoint.safetensors")));
    }

    @Test
    void whatIsNoneOfTheClassesIsRefusedAndSoAreOtherModels() throws IOException {
        assertEquals(2, train(classes("c1", "[lost, won]", NETWORK), "--offline"));
        assertEquals(2, train(classes("c2", "[lost, lost]", TREES), "--offline"));

        String told = errors.toString();
        assertTrue(told.contains("label 'result': expected one of [lost, won], found 'drawn' in row"), told);
        assertTrue(told.contains("label.classes: expected texts, each once, found \"lost\""), told);
        assertTrue(told.contains("label.classes: expected two or more"), told);
        assertTrue(told.contains("model.kind: expected network, which alone predicts classes, found trees"), told);
    }
}
