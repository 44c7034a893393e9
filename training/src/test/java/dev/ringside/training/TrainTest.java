package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainTest extends GamesTraining {
    @ParameterizedTest
    @ValueSource(strings = {LOGISTIC, NETWORK, TREES, STACKED})
    void writesAModelAndAManifestThatBelongTogether(String model) throws IOException {
        Path document = configuration(model);

        String digest = digest(document, "--out", folder.resolve("models"));

        Path version = folder.resolve("models/games/v2");
        ModelManifest manifest = Json.read(Files.readString(version.resolve("manifest.json")), ModelManifest.class);
        assertEquals(digest, manifest.sha256());
        assertEquals(digest, Digests.sha256(version.resolve("model.onnx")));
        assertEquals(16, manifest.golden().size());
        assertTrue(
                manifest.metrics().get("test_auc") > 0.8,
                () -> manifest.metrics().toString());
        assertTrue(manifest.metrics().containsKey("test_auc/A"));
        assertEquals(1, manifest.seed());
        assertEquals(
                Digests.sha256(folder.resolve("rows.csv")), manifest.lineage().dataSha256());
        assertEquals(Files.readString(document), manifest.lineage().configuration());
        assertEquals("games/v1", manifest.lineage().parent());
        try (Stream<Path> files = Files.list(version)) {
            List<String> expected = new ArrayList<>(List.of(
                    "calibration.svg",
                    "card.md",
                    "drift.svg",
                    "manifest.json",
                    "model.onnx",
                    "precision-recall.svg",
                    "roc.svg",
                    "run",
                    "validation.json",
                    "validation.md"));
            if (!model.equals(LOGISTIC)) {
                expected.add(3, "losses.svg");
            }
            if (model.equals(NETWORK)) {
                expected.add(2, "checkpoint.safetensors");
            }
            assertEquals(
                    expected,
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertTrue(output.toString().contains("games/v2 trained"), output::toString);
        assertTrue(errors.toString().contains("measuring on"), errors::toString);
    }

    @Test
    void learntVectorsAreThereToLookAtUntilAnotherTrainingLearnsNone() throws IOException {
        Path document = configuration(NETWORK);
        Files.writeString(
                document,
                Files.readString(document)
                        .replace(
                                "{name: city, type: category}",
                                "{name: city, type: category, representation: {kind: embedding, dimensions: 2}}"));
        Path version = folder.resolve("models/games/v2");

        digest(document, "--out", folder.resolve("models"));

        String page = Files.readString(version.resolve("neighbours.md"));
        assertTrue(page.matches("(?s).*\\| A \\| [BC] \\(-?[01]\\.\\d\\d\\), [BC] .*"), page);
        assertTrue(Files.readString(version.resolve("card.md")).contains("embedding-city.svg"));
        digest(configuration(LOGISTIC), "--out", folder.resolve("models"));
        assertFalse(Files.exists(version.resolve("neighbours.md")));
        assertFalse(Files.exists(version.resolve("losses.svg")));
    }

    @Test
    void theSameSeedGivesTheSameDigestAndAnotherSeedAnother() throws IOException {
        Path document = configuration(NETWORK);
        Path models = folder.resolve("models");

        String first = digest(document, "--out", models);

        assertEquals(first, digest(document, "--out", models, "--seed", 1));
        assertNotEquals(first, digest(document, "--out", models, "--seed", 2));
    }

    @Test
    void mistakesInTheConfigurationOrTheDataEndWithStatus2AndWriteNothing() throws IOException {
        Path models = folder.resolve("models");

        assertEquals(2, train(configuration("{kind: tree}"), "--out", models));
        assertEquals(
                2,
                train(
                        Files.writeString(
                                folder.resolve("d.yaml"),
                                Files.readString(configuration(LOGISTIC)).replace("label: won", "label: lost")),
                        "--out",
                        models));
        assertEquals(2, train(configuration(LOGISTIC), "--url", "localhost:7070"));
        assertEquals(2, train());

        assertTrue(errors.toString().contains("model.kind: expected logistic, network, trees or ensemble, found tree"));
        assertTrue(errors.toString().contains("label 'lost': no such column"));
        assertTrue(errors.toString().contains("--url: expected an address such as http://127.0.0.1:7070"));
        assertFalse(Files.exists(models));
    }

    @Test
    void aNumberIsMeasuredAsANumber() throws Exception {
        Path document = configuration(NETWORK);
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("label: won", "label: {column: amount, kind: number}")
                        .replace("  - {name: amount, type: number}\n", ""));
        Path result = folder.resolve("result.json");

        train(document, "--out", folder.resolve("models"), "--json", result);

        JsonNode metrics = Json.read(Files.readString(result), JsonNode.class).path("metrics");
        assertTrue(metrics.path("test_rmse").asDouble() > 0, metrics::toString);
        assertTrue(metrics.has("test_rmse/A") && metrics.has("validation_rmse"), metrics::toString);
        assertFalse(metrics.has("test_auc") || metrics.has("test_log_loss"), metrics::toString);
    }

    @Test
    void helpShowsTheConfigurationWhole() {
        assertEquals(0, train("--help"));

        String help = output.toString();
        for (String field : List.of(
                "slot:", "with:", "source:", "features:", "split:", "weight_decay", "search:", "gates:", "parent:")) {
            assertTrue(help.contains(field), field);
        }
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
    }

    @Test
    @DisplayName("D8: a training without a validation part prints no validation loss")
    void aTrainingWithoutAValidationPartPrintsNoValidationLoss() throws IOException {
        Path document = configuration(LOGISTIC);
        Files.writeString(document, Files.readString(document).replace("  validation: [2020-02-20, 2020-03-01]\n", ""));

        digest(document, "--out", folder.resolve("models"));

        assertTrue(errors.toString().contains("training loss"), errors::toString);
        assertFalse(errors.toString().contains("validation"), errors::toString);
    }

    @Test
    @DisplayName("D7: a version that looks like a number is registered as it is written")
    void aVersionThatLooksLikeANumberIsWrittenAsItStands() throws IOException {
        for (String version : List.of("1.10", "007", "1e3", "0x1F", "12_000", "yes", "NO")) {
            Path document = configuration(LOGISTIC);
            Files.writeString(document, Files.readString(document).replace("version: v2", "version: " + version));

            digest(document, "--out", folder.resolve("models"), "--offline");

            assertTrue(Files.exists(folder.resolve("models/games").resolve(version)), version);
        }
    }
}
