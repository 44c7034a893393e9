package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainSearchTest extends GamesTraining {
    @Test
    void aSearchRunsItsTrialsAsProcessesTrainsTheBestAndIsTakenUpAgain() throws Exception {
        Path document = configuration(LOGISTIC);
        Files.writeString(document, Files.readString(document) + """
            search:
              method: random
              trials: 3
              parallel: 2
              metric: validation.log_loss
              direction: minimise
              space:
                model.weight_decay: {low: 0.000001, high: 10, log: true}
                "features[amount].representation": {choices: [standard, {kind: clip, share: 0.05}]}
            """);
        Path models = folder.resolve("models");

        String digest = digest(document, "--out", models);

        Path search = models.resolve("games/v2/search");
        JsonNode report = Json.read(Files.readString(search.resolve("search.json")), JsonNode.class);
        assertEquals(3, report.path("finished").asInt(), report::toString);
        ModelManifest manifest =
                Json.read(Files.readString(models.resolve("games/v2/manifest.json")), ModelManifest.class);
        assertEquals(
                Files.readString(search.resolve("best.yaml")),
                manifest.lineage().configuration());
        assertTrue(errors.toString().contains("trial 3 of 3"), errors::toString);
        assertEquals(digest, digest(document, "--out", models));
        assertEquals(
                3,
                Json.read(Files.readString(search.resolve("search.json")), JsonNode.class)
                        .path("trials")
                        .size());
    }

    private static boolean hasReported(Path log, int trial) throws IOException {
        return Files.exists(log)
                && Files.readAllLines(log).stream()
                        .anyMatch(line -> line.contains("\"reported\"") && line.contains("\"trial\":" + trial + ","));
    }

    /**
     * What the killed search had begun is begun again, what it had ended is not; and its best trial, which is not fitted
     * again, is the file that its document gives without any search.
     */
    @Test
    void aSearchThatIsKilledGoesOnToTheModelThatItsBestDocumentGives() throws Exception {
        Path document = configuration(NETWORK.replace("epochs: 5", "epochs: 40, patience: 99"));
        Files.writeString(document, Files.readString(document) + """
            search:
              method: random
              trials: 3
              metric: validation.log_loss
              direction: minimise
              space:
                model.learning_rate: {low: 0.003, high: 0.03, log: true}
            """);
        Path models = folder.resolve("models");
        Path search = models.resolve("games/v2/search");

        Process killed = process("killed", document, models);
        try {
            while (killed.isAlive() && !hasReported(search.resolve("trials.jsonl"), 1)) {
                killed.waitFor(2, TimeUnit.MILLISECONDS);
            }
        } finally {
            killed.destroyForcibly().waitFor(); // SIGKILL
        }
        assertEquals(137, killed.exitValue(), said("killed"));
        String digest = digest(document, "--offline", "--out", models);

        List<String> ends = Files.readAllLines(search.resolve("trials.jsonl"));
        assertTrue(Files.exists(search.resolve("trials/0001.2")), ends::toString);
        assertFalse(Files.exists(search.resolve("trials/0000.2")), ends::toString);
        List<Path> kept;
        try (Stream<Path> files = Files.walk(search.resolve("trials"))) {
            kept = files.filter(file -> file.toString().endsWith(".checkpoint")).toList();
        }
        assertEquals(1, kept.size(), kept::toString);
        assertEquals(
                Digests.sha256(kept.getFirst()), Digests.sha256(models.resolve("games/v2/run/train/model.checkpoint")));
        Path best = folder.resolve("best.yaml");
        Files.copy(search.resolve("best.yaml"), best);
        assertEquals(digest, digest(best, "--offline", "--out", folder.resolve("others")));
    }

    @Test
    void everyValueThatASearchWouldTryIsCheckedBeforeAnyFitting() throws Exception {
        Path document = configuration(LOGISTIC);
        Files.writeString(document, Files.readString(document) + """
            search:
              trials: 3
              metric: validation.auc
              direction: maximise
              space:
                model.weight_decay: {low: -1, high: 1}
                model.kind: {choices: [logistic, tree]}
            """);

        assertEquals(2, train(document, "--out", folder.resolve("models")));

        String said = errors.toString();
        assertTrue(said.contains("model.weight_decay: expected a number of 0.0 or more, found -1"), said);
        assertTrue(said.contains("model.kind: expected"), said);
        assertFalse(Files.exists(folder.resolve("models")));
    }
}
