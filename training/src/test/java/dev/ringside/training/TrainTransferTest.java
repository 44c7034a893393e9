package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.training.transfer.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainTransferTest extends GamesTraining {
    private Path models;

    @BeforeEach
    void trainParent() throws IOException {
        models = folder.resolve("models");
        digest(configuration(NETWORK), "--offline", "--out", models);
    }

    private Path child(String fineTune, String model) throws IOException {
        String document = Files.readString(configuration(model))
                .replace("version: v2", "version: v3")
                .replace("parent: games/v1\n", "fine_tune: " + fineTune + "\n");
        return Files.writeString(folder.resolve("child.yaml"), document);
    }

    private ModelManifest manifest(String version) throws IOException {
        return Json.read(Files.readString(models.resolve("games/" + version + "/manifest.json")), ModelManifest.class);
    }

    private Checkpoint checkpoint(String version) throws IOException {
        return Checkpoint.read(Files.readAllBytes(models.resolve("games/" + version + "/checkpoint.safetensors")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{from: models/games/v2}",
                "{from: models/games/v2, mode: gradual, layer_rate_decay: 0.8}",
                "{from: models/games/v2, mode: new_head}"
            })
    void aChildNamesItsParentByDigestAndIsAParentItself(String fineTune) throws IOException {
        digest(child(fineTune, "{learning_rate: 0.003, batch: 64, epochs: 6}"), "--offline", "--out", models);

        ModelManifest.Lineage lineage = manifest("v3").lineage();
        assertEquals("games/v2", lineage.parent());
        assertEquals(Digests.sha256(models.resolve("games/v2/model.onnx")), lineage.parentSha256());
        assertEquals(Digests.sha256(models.resolve("games/v3/checkpoint.safetensors")), lineage.checkpointSha256());
        boolean frozen = checkpoint("v2").bodyDigest().equals(checkpoint("v3").bodyDigest());
        assertEquals(fineTune.contains("new_head"), frozen);
        assertTrue(manifest("v3").metrics().get("test_auc") > 0.85);
        assertEquals(0, train(child("{from: models/games/v3}", "{epochs: 1}"), "--offline", "--out", models));
    }

    @Test
    void regionsOfAChampionAreOneGraphWithNoValidationPartNeeded() throws IOException {
        Path document = child("{from: models/games/v2, regions: {by: city}}", "{kind: network}");
        Files.writeString(document, Files.readString(document).replace("  validation: [2020-02-20, 2020-03-01]\n", ""));

        digest(document, "--offline", "--out", models);

        ModelManifest manifest = manifest("v3");
        assertEquals("games/v2", manifest.lineage().parent());
        assertEquals(3.0, manifest.metrics().get("regions"));
        assertTrue(manifest.metrics().get("test_auc") > 0.8);
        assertEquals(
                Digests.sha256(models.resolve("games/v3/checkpoint.safetensors")),
                manifest.lineage().checkpointSha256());
    }

    @Test
    void regionsBeginAnewFromTheirOwnCheckpointAndOtherModesSayThatTheyWouldLoseThem() throws IOException {
        String first = digest(
                child("{from: models/games/v2, regions: {by: city}}", "{kind: network}"), "--offline", "--out", models);
        Path again = child("{from: models/games/v3, regions: {by: city}}", "{kind: network}");
        Files.writeString(again, Files.readString(again).replace("version: v3", "version: v4"));

        assertEquals(first, digest(again, "--offline", "--out", models));
        assertEquals("games/v3", manifest("v4").lineage().parent());
        assertEquals(2, train(child("{from: models/games/v3, mode: gradual}", "{epochs: 1}"), "--offline"));
        assertTrue(
                errors.toString()
                        .contains("fine_tune.from: games/v3 is a champion that regions deviate from, which would be"
                                + " lost"),
                errors::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: weights, positive_weight: 3}",
                "{kind: down_sample, ratio: 1, bags: 2}",
                "{kind: copies, ratio: 1}"
            })
    void aChildMayBeFittedToASampleAndItsScoresAreOfTheRowsOwnPrior(String sampling) throws IOException {
        Path document = child("{from: models/games/v2}", "{learning_rate: 0.003, batch: 64, epochs: 4}");
        Files.writeString(document, Files.readString(document) + "sampling: " + sampling + "\n");

        digest(document, "--offline", "--out", models);

        ModelManifest manifest = manifest("v3");
        assertTrue(manifest.metrics().get("test_auc") > 0.85, manifest.metrics()::toString);
        assertTrue(manifest.metrics().get("test_log_loss") < 0.45, manifest.metrics()::toString);
        assertEquals(
                !sampling.contains("bags"), Files.exists(models.resolve("games/v3/checkpoint.safetensors")), sampling);
    }

    @Test
    void regionsTakeAllRowsAndNoSample() throws IOException {
        Path document = child("{from: models/games/v2, regions: {by: city}}", "{kind: network}");
        Files.writeString(document, Files.readString(document) + "sampling: {kind: copies}\n");

        assertEquals(2, train(document, "--offline"));

        assertTrue(
                errors.toString()
                        .contains("sampling: draws rows for a learner, and regions deviate from their champion by all"
                                + " rows"),
                errors::toString);
    }

    @Test
    void theSameDocumentGivesTheSameCheckpointAndAnotherSeedAnother() throws IOException {
        Path document = child("{from: models/games/v2, mode: gradual}", "{epochs: 3}");

        String first = digest(document, "--offline", "--out", models);

        assertEquals(first, digest(document, "--offline", "--out", models));
        assertNotEquals(first, digest(document, "--offline", "--out", models, "--seed", 2));
    }

    @Test
    void allThatDoesNotFitTheParentIsToldTogetherBeforeAnyFitting() throws IOException {
        Path document = child(
                "{from: models/games/v2, mode: new_head, layer_rate_decay: 2, rate: 1}",
                "{kind: network, hidden: [16], activation: tanh}");
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("{name: number, type: integer}", "{name: number, type: number}")
                        .replace("{name: amount, type: number}", "{name: amount, type: number, representation: log}")
                        .replace("{name: city, type: category}", "{name: town, type: category}"));

        assertEquals(2, train(document, "--offline", "--out", models));

        String told = errors.toString();
        for (String problem : new String[] {
            "fine_tune.layer_rate_decay: expected a number from 1.0E-6 to 1.0, found 2",
            "fine_tune.rate: ",
            "model.hidden: expected [8], as the parent has, or nothing, found [16]",
            "model.activation: expected relu, as the parent has, or nothing, found tanh",
            "'number' is number, the parent games/v2 reads it as integer",
            "'amount' is shown as the parent games/v2 shows it: leave its representation out",
            "'town' is new: it would have to enter through layers that stay as they are",
            "'city' is missing, which the parent games/v2 reads"
        }) {
            assertTrue(told.contains(problem), problem + " in " + told);
        }
    }

    @Test
    void aParentThatIsNoNetworkOrWasChangedIsRefused() throws IOException {
        digest(configuration(LOGISTIC), "--offline", "--out", folder.resolve("other"));
        Path file = models.resolve("games/v2/checkpoint.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1]++;
        Files.write(file, bytes);

        assertEquals(2, train(child("{from: other/games/v2}", "{}"), "--offline"));
        assertEquals(2, train(child("{from: models/games/v2}", "{}"), "--offline"));

        assertTrue(errors.toString().contains("expected the folder of a version of kind network"), errors::toString);
        assertTrue(errors.toString().contains("is another file than its manifest says"), errors::toString);
    }
}
