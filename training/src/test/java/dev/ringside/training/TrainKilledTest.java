package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that are killed in the middle of a fitting, as processes. */
@Tag("slow")
@Timeout(120)
class TrainKilledTest extends GamesTraining {
    /** Magic, key and digest, a line each; then the number of passes. */
    private static final int PASSES_AT = 22 + 65 + 65;

    private static final String SLOW_NETWORK =
            "{kind: network, hidden: [8], dropout: 0.1, learning_rate: 0.05, batch: 64, epochs: 9999, patience: 25}";
    private static final String SLOW_TREES =
            "{kind: trees, rounds: 9999, subsample: 0.8, learning_rate: 0.2, max_depth: 3, patience: 200}";

    private static int passes(Path checkpoint) throws IOException {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(checkpoint)).getInt(PASSES_AT);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "network, model, best_epoch, 10",
        "trees, model, trees, 100",
        "ensemble, member-1.bag-0, best_epoch_1_2, 10"
    })
    void oneThatIsKilledInMidPatienceGoesOnToTheSameModel(String kind, String fitting, String best, int beyond)
            throws Exception {
        Path document = configuration(
                switch (kind) {
                    case "network" -> SLOW_NETWORK;
                    case "trees" -> SLOW_TREES;
                    default ->
                        "{kind: ensemble, bags: 2, members: [{kind: trees, rounds: 20, patience: 5}, " + SLOW_NETWORK
                                + "]}";
                });
        String whole = digest(document, "--offline", "--out", folder.resolve("whole"));
        double bestPass = Json.read(
                        Files.readString(folder.resolve("whole/games/v2/manifest.json")), ModelManifest.class)
                .metrics()
                .get(best);
        Path models = folder.resolve("models");
        Path checkpoint = models.resolve("games/v2/run/train/" + fitting + ".checkpoint");

        Process killed = process("killed", document, models);
        try {
            while (killed.isAlive() && passes(checkpoint) < bestPass + beyond) {
                killed.waitFor(2, TimeUnit.MILLISECONDS);
            }
        } finally {
            killed.destroyForcibly().waitFor(); // SIGKILL
        }
        int kept = passes(checkpoint);

        assertEquals(137, killed.exitValue(), () -> "it came to its end at pass " + kept + " of best " + bestPass);
        errors.getBuffer().setLength(0);
        assertEquals(whole, digest(document, "--offline", "--out", models));
        assertTrue(errors.toString().contains("goes on after pass " + kept), errors::toString);
    }
}
