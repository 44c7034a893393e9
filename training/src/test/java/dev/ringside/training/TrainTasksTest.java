package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several labels of one body: a yes or no, and beside it an amount and one of three classes, which some rows lack. */
class TrainTasksTest extends GamesTraining {
    private static final String TASKS = """
            tasks:
              spent: {kind: number, weight: 0.5, huber: 20000}
              outcome: {column: result, kind: classes, classes: [lost, drawn, won]}
            """;

    private Path models;

    @BeforeEach
    void writeTasks() throws Exception {
        models = folder.resolve("models");
        Duck.write(folder.resolve("rows.csv"), """
            SELECT time, number, amount, city, CASE WHEN hash(i + 1) % 4 > 0 THEN noisy > 5 END AS won,
                   CASE WHEN hash(i + 2) % 3 > 0 THEN 20000 + 3000 * noisy END AS spent,
                   CASE WHEN hash(i + 3) % 5 > 0
                       THEN CASE WHEN noisy > 6 THEN 'won' WHEN noisy > 3 THEN 'drawn' ELSE 'lost' END END AS result
            FROM (SELECT i, TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS time, i % 7 AS number,
                         sin(i) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city,
                         i % 7 + 3 * sin(i) + hash(i) % 3 AS noisy
                  FROM range(3600) t(i))
            """);
    }

    private Path tasks(String version, String model, String tasks) throws IOException {
        return Files.writeString(
                folder.resolve(version + ".yaml"),
                tasks
                        + Files.readString(configuration(model))
                                .replace("version: v2", "version: " + version)
                                .replace("parent: games/v1\n", ""));
    }

    private ModelManifest trained(Path document, String version) throws IOException {
        digest(document, "--offline", "--out", models);
        return Json.read(Files.readString(models.resolve("games/" + version + "/manifest.json")), ModelManifest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: network, hidden: [16], learning_rate: 0.01, batch: 64, epochs: 12}",
                "{kind: network, hidden: [16], learning_rate: 0.01, batch: 64, epochs: 8, batch_ensemble: 3}",
                "{kind: network, architecture: ft_transformer, token: 8, blocks: 1, attention_heads: 2,"
                        + " learning_rate: 0.01, batch: 64, epochs: 8}",
                "{kind: ensemble, seeds: 2, members: [{kind: network, hidden: [16], learning_rate: 0.01, batch: 64,"
                        + " epochs: 8}]}"
            })
    void eachTaskIsAnOutputOfOneGraphWithMeasuresOfItsOwn(String model) throws IOException {
        ModelManifest manifest = trained(tasks("t1", model, TASKS), "t1");

        assertEquals(
                List.of("probability", "spent", "outcome"),
                manifest.signature().outputs().stream().map(TensorSpec::name).toList());
        assertEquals(List.of(-1L, 3L), manifest.signature().outputs().getLast().shape());
        for (String output : List.of("probability", "spent", "outcome")) {
            assertEquals(
                    16,
                    manifest.golden().stream()
                            .filter(golden -> golden.outputs().getFirst().name().equals(output))
                            .count());
        }
        float[] classes = ((TensorData.Fp32)
                        manifest.golden().getLast().outputs().getFirst().data())
                .values();
        assertEquals(1, classes[0] + classes[1] + classes[2], 1e-5);
        var metrics = manifest.metrics();
        assertTrue(metrics.get("test_auc") > 0.9, metrics::toString);
        assertTrue(metrics.get("task.spent.test_r_squared") > 0.8, metrics::toString);
        assertTrue(metrics.get("task.spent.test_r_squared_low") > 0.7, metrics::toString);
        assertTrue(metrics.get("task.outcome.test_accuracy") > 0.7, metrics::toString);
        assertTrue(metrics.containsKey("task.outcome.validation_log_loss"), metrics::toString);
        String card = Files.readString(models.resolve("games/t1/card.md"));
        assertTrue(card.contains("test, task spent") && card.contains("test, task outcome"), card);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "auto"})
    void whatFollowsTheStoppedFittingLearnsTheTasksToo(String refit) throws IOException {
        ModelManifest manifest = trained(tasks("t1", NETWORK, "refit: " + refit + "\n" + TASKS), "t1");

        assertEquals(3, manifest.signature().outputs().size());
        assertTrue(manifest.metrics().get("task.spent.test_r_squared") > 0.5, manifest.metrics()::toString);
        assertTrue(manifest.metrics().containsKey("task.outcome.validation_log_loss"), manifest.metrics()::toString);
    }

    @Test
    void rowsThatLackTheLabelTeachTheTasksAndAreInNoOtherPart() throws Exception {
        trained(tasks("t1", NETWORK, TASKS), "t1");
        Path data = folder.resolve("rows.csv");
        // The amounts of rows without a label are turned round: only what learns of them is changed by that.
        Duck.write(
                folder.resolve("turned.csv"),
                "SELECT * REPLACE (CASE WHEN won IS NULL THEN 40000 - spent ELSE spent END AS spent) FROM '" + data
                        + "'");
        Files.move(folder.resolve("turned.csv"), data, StandardCopyOption.REPLACE_EXISTING);
        ModelManifest turned = trained(tasks("t2", NETWORK, TASKS), "t2");
        ModelManifest first =
                Json.read(Files.readString(models.resolve("games/t1/manifest.json")), ModelManifest.class);

        assertEquals(first.metrics().get("test_rows"), turned.metrics().get("test_rows"));
        assertTrue(
                turned.metrics().get("task.spent.test_r_squared")
                        < first.metrics().get("task.spent.test_r_squared") - 0.1,
                turned.metrics()::toString);
    }

    @Test
    void aNetworkOfSeveralTasksIsBegunWithAsTheOneOfItsLabel() throws IOException {
        trained(tasks("t1", NETWORK, TASKS), "t1");
        Path child = tasks("t2", "{epochs: 3, batch: 64}", "fine_tune: {from: models/games/t1}\n");
        Files.writeString(
                child,
                Files.readString(child)
                        .replace(
                                "data: rows.csv",
                                "data: rows.csv\nsource: SELECT * FROM read_csv(getvariable('data')) WHERE won IS NOT NULL"));

        ModelManifest manifest = trained(child, "t2");

        assertEquals(1, manifest.signature().outputs().size());
        assertTrue(manifest.metrics().get("test_auc") > 0.9, manifest.metrics()::toString);
    }

    @Test
    void whatIsWrongWithTasksIsToldTogether() throws IOException {
        Path document = tasks("t1", TREES, """
                tasks:
                  probability: {column: spent, kind: number}
                  city: {column: result, kind: classes, classes: [lost, won], huber: 1}
                  again: {column: won, wieght: 2}
                sampling: {kind: weights}
                """);

        assertEquals(2, train(document, "--offline"));

        String told = errors.toString();
        assertTrue(told.contains("tasks.probability: expected a name for an output"), told);
        assertTrue(told.contains("tasks.city.huber: is a loss of numbers"), told);
        assertTrue(told.contains("tasks: 'city' is a feature"), told);
        assertTrue(told.contains("tasks.again.column: 'won' is the label"), told);
        assertTrue(told.contains("tasks.again.wieght"), told);
        assertTrue(told.contains("tasks: share the body of a network"), told);
        assertTrue(told.contains("tasks: expected none beside sampling"), told);
    }

    @Test
    void aTextThatIsNoClassIsRefusedWhereverItIsRead() throws IOException {
        Path document = tasks("t1", NETWORK, TASKS.replace("[lost, drawn, won]", "[lost, won]"));
        Path queried = Files.writeString(
                folder.resolve("queried.yaml"),
                Files.readString(document)
                        .replace(
                                "data: rows.csv",
                                "data: rows.csv\nsource: SELECT * FROM read_csv(getvariable('data'))"));

        assertEquals(2, train(document, "--offline"));
        assertEquals(2, train(queried, "--offline"));

        String told = errors.toString();
        assertTrue(told.contains("label 'result': expected one of [lost, won], found 'drawn' in row"), told);
        assertTrue(told.contains("label 'result' is none of the classes [lost, won] in"), told);
    }
}
