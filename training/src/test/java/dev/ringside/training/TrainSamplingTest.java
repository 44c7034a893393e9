package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Sampling through the command, on games of which few are won. */
class TrainSamplingTest extends GamesTraining {
    private Path rare(String model, String more) throws Exception {
        Duck.write(folder.resolve("rows.csv"), """
            SELECT TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS time, i % 7 AS number,
                   sin(i) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city,
                   i % 7 + 3 * sin(i) + hash(i) % 5 > 9 AS won
            FROM range(2400) t(i)
            """);
        Path document = configuration(model);
        return Files.writeString(document, Files.readString(document) + more);
    }

    private JsonNode json(Path file) throws IOException {
        return Json.read(Files.readString(file), JsonNode.class);
    }

    @Test
    void aSampledModelSaysItsPriorsAndTheSameSeedGivesTheSameFile() throws Exception {
        Path document = rare(TREES, "sampling: {kind: smote, ratio: 1}\n");
        Path models = folder.resolve("models");

        String first = digest(document, "--out", models);

        JsonNode metrics = json(folder.resolve("result.json")).path("metrics");
        double prior = metrics.path("prior").asDouble();
        assertTrue(prior > 0.02 && prior < 0.3, metrics::toString);
        assertEquals(0.5, metrics.path("sample_prior").asDouble(), 1e-3);
        assertEquals(Math.log(prior / (1 - prior)), metrics.path("prior_shift").asDouble(), 1e-2);
        assertTrue(Files.readString(models.resolve("games/v2/card.md")).contains("Smote"));
        assertEquals(first, digest(document, "--out", models));
        assertNotEquals(first, digest(document, "--out", models, "--seed", 2));
    }

    @Test
    void positivesThatTreesWeighByTheirOwnSettingAreWeighedAndCorrectedAsClassWeightsAre() throws Exception {
        Path document = rare("{kind: trees, rounds: 20, patience: 0, scale_pos_weight: 4}", "");
        Path models = folder.resolve("models");

        String own = digest(document, "--out", models);

        assertEquals(
                -Math.log(4),
                json(folder.resolve("result.json"))
                        .path("metrics")
                        .path("prior_shift")
                        .asDouble(),
                1e-9);
        Files.writeString(
                document,
                Files.readString(document).replace(", scale_pos_weight: 4", "")
                        + "sampling: {kind: weights, positive_weight: 4}\n");
        assertEquals(own, digest(document, "--out", models));
    }

    @Test
    void rowsWithoutALabelTeachWhereSelfTrainingIsAskedForAndAreRefusedElsewhere() throws Exception {
        Path document = rare(LOGISTIC, "sampling: {kind: none, self_training: {confidence: 0.6}}\n");
        Path rows = folder.resolve("rows.csv");
        List<String> lines = Files.readAllLines(rows);
        for (int i = 1; i < lines.size(); i += 2) {
            lines.set(i, lines.get(i).replaceFirst("(true|false)$", ""));
        }
        Files.write(rows, lines);

        digest(document, "--out", folder.resolve("models"));

        JsonNode metrics = json(folder.resolve("result.json")).path("metrics");
        assertEquals(600, metrics.path("train_rows").asInt());
        assertTrue(metrics.path("believed_rows").asInt() > 0, metrics::toString);
        assertEquals(
                600 + metrics.path("believed_rows").asInt(),
                metrics.path("sample_rows").asInt());
        Files.writeString(document, Files.readString(document).replaceFirst("sampling: .*", ""));
        assertEquals(2, train(document, "--offline"));
        assertTrue(errors.toString().contains("label 'won' is neither 0 nor 1 in 1200 of 2400 rows"), errors::toString);
    }

    @Test
    void everyWayToSampleIsInOneTableAndNoModelIsWritten() throws Exception {
        Path document = rare(NETWORK, "sampling: {kind: down_sample, ratio: 3}\n");
        Path result = folder.resolve("compared.json");
        Path models = folder.resolve("models");

        assertEquals(0, train(document, "--compare", "sampling", "--out", models, "--json", result), errors::toString);

        JsonNode rows = json(result).path("rows");
        assertEquals(
                List.of(
                        "rows as they are",
                        "the document's own, {\"kind\":\"down_sample\",\"ratio\":3}",
                        "class weights",
                        "down-sample",
                        "bag of ten down-samples",
                        "bag of ten",
                        "copies",
                        "SMOTE",
                        "focal loss, γ = 2",
                        "half of the labels",
                        "self-training on the other half"),
                StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.path("technique").asText())
                        .toList());
        rows.forEach(
                row -> assertTrue(row.path("measured").path("auc").path("value").asDouble() > 0.5, row::toString));
        assertEquals(
                0,
                rows.path(0).path("measured").path("difference").path("value").asDouble());
        String table = Files.readString(models.resolve("games/v2/sampling.md"));
        assertTrue(output.toString().contains(table), output::toString);
        assertTrue(table.contains("| bag of ten down-samples | 0."), table);
        assertTrue(errors.toString().contains("class weights, 3 of 11"), errors::toString);
        assertFalse(Files.exists(models.resolve("games/v2/model.onnx")));
    }

    @Test
    void aWayThatTheDocumentCannotTakeSaysWhyAndTheOthersAreMeasured() throws Exception {
        Path document = rare(LOGISTIC, "");
        Files.writeString(
                document,
                Files.readString(document)
                        .replace(
                                "{name: city, type: category}",
                                "{name: city, type: category, representation: target}"));

        assertEquals(0, train(document, "--compare", "sampling", "--out", folder.resolve("models")), errors::toString);

        assertTrue(
                output.toString()
                        .contains(
                                "| SMOTE | not with this document: sampling.kind: smote makes rows that are in no fold"),
                output::toString);
        assertTrue(output.toString().contains("| copies | 0."), output::toString);
    }

    @Test
    void aSearchTriesWaysToSampleAsItTriesAnyKey() throws Exception {
        Path document = rare(LOGISTIC, """
            sampling: {kind: none}
            search:
              method: grid
              trials: 2
              metric: validation.auc
              direction: maximise
              space:
                sampling: {choices: [{kind: copies, ratio: 2}, {kind: down_sample, ratio: 3}]}
            """);

        digest(document, "--out", folder.resolve("models"));

        assertEquals(
                2,
                json(folder.resolve("models/games/v2/search/search.json"))
                        .path("finished")
                        .asInt());
        assertTrue(json(folder.resolve("result.json"))
                        .path("metrics")
                        .path("prior_shift")
                        .asDouble()
                < -0.5);
    }

    @Test
    void whatCannotBeComparedIsSaidBeforeAnyFitting() throws Exception {
        Path number = rare(NETWORK, "");
        Files.writeString(
                number,
                Files.readString(number)
                        .replace("label: won", "label: {column: amount, kind: number}")
                        .replace("  - {name: amount, type: number}\n", ""));

        assertEquals(2, train(number, "--compare", "sampling"));
        assertEquals(2, train(number, "--compare", "models"));

        assertTrue(errors.toString().contains("label: expected a binary one for --compare sampling"), errors::toString);
        assertTrue(errors.toString().contains("--compare"), errors::toString);
    }
}
