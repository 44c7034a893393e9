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
import org.junit.jupiter.api.Test;

class TrainTransformerTest extends GamesTraining {
    private static final String TRANSFORMER = "{kind: network, architecture: ft_transformer, token: 8, blocks: 2,"
            + " attention_heads: 2, learning_rate: 0.01, batch: 64, epochs: 6}";

    private Path document(String version, String model, String added) throws IOException {
        return Files.writeString(
                folder.resolve(version + ".yaml"),
                added
                        + Files.readString(configuration(model))
                                .replace("version: v2", "version: " + version)
                                .replace("parent: games/v1\n", ""));
    }

    private JsonNode metrics(Path document) throws IOException {
        digest(document, "--offline", "--out", folder.resolve("models"));
        return Json.read(Files.readString(folder.resolve("result.json")), JsonNode.class)
                .path("metrics");
    }

    @Test
    void aDocumentAsksForOneAndAnotherBeginsWithItAlsoWhereATextIsNew() throws Exception {
        JsonNode parent = metrics(document("t1", TRANSFORMER, ""));
        assertTrue(parent.path("test_auc").asDouble() > 0.9, parent::toString);
        Duck.write(
                folder.resolve("grown.csv"),
                "SELECT * REPLACE (CASE WHEN number = 3 THEN 'Z' ELSE city END AS city) FROM '"
                        + folder.resolve("rows.csv") + "'");
        Files.move(folder.resolve("grown.csv"), folder.resolve("rows.csv"), StandardCopyOption.REPLACE_EXISTING);

        JsonNode child = metrics(
                document("t2", "{epochs: 2, batch: 64}", "fine_tune: {from: models/games/t1, mode: gradual}\n"));

        assertTrue(child.path("test_auc").asDouble() > 0.9, child::toString);
        assertEquals(
                parent.path("parameters").asInt() + 8,
                child.path("parameters").asInt(),
                "the vector of the new text alone");
    }

    @Test
    void aColumnMoreIsRefusedAsItWouldChangeWhatIsSaidOfEveryRow() throws IOException {
        metrics(document("t1", TRANSFORMER, ""));
        Path child = document("t2", "{architecture: feed_forward, epochs: 2}", "fine_tune: {from: models/games/t1}\n");
        Files.writeString(
                child,
                Files.readString(child)
                        .replace("- {name: number,", "- {name: won_before, type: number}\n  - {name: number,"));

        assertEquals(2, train(child, "--offline"));

        String told = errors.toString();
        assertTrue(told.contains("features: 'won_before' is new: a token more would change"), told);
        assertTrue(told.contains("model.architecture: expected ft_transformer, as the parent has"), told);
    }

    @Test
    void whatIsWrongWithItsSizesIsToldTogether() throws IOException {
        Path document = document(
                "t1",
                "{kind: network, architecture: ft_transformer, token: 10, attention_heads: 4, blocks: 0, hidden: [4],"
                        + " huber: 1}",
                "");

        assertEquals(2, train(document, "--offline"));

        String told = errors.toString();
        assertTrue(told.contains("model.token: expected a multiple of attention_heads, 4, found 10"), told);
        assertTrue(told.contains("model.blocks: expected a whole number from 1"), told);
        assertTrue(told.contains("model.hidden"), told);
        assertTrue(told.contains("model.huber: is a loss of numbers"), told);
    }

    @Test
    void itsSizesCanBeSearchedAndAreReadBeforeAnyIsTried() throws IOException {
        Path document = document(
                "t1",
                TRANSFORMER,
                "search: {method: grid, trials: 2, metric: validation.log_loss, direction: minimise,"
                        + " space: {model.token: {choices: [8, 9]}}}\n");

        assertEquals(2, train(document, "--offline", "--out", folder.resolve("models")));

        assertTrue(
                errors.toString().contains("model.token: expected a multiple of attention_heads, 2, found 9"),
                errors::toString);
    }
}
