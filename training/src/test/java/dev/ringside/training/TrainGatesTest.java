package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrainGatesTest extends GamesTraining {
    @Test
    void shuffledLabelsEndAsRefusedWithReasons() throws Exception {
        Path document = shuffled();
        Path result = folder.resolve("result.json");

        assertEquals(1, train(document, "--out", folder.resolve("models"), "--json", result));

        assertTrue(output.toString().contains("REFUSED by above_chance: AUC"), output::toString);
        assertTrue(output.toString().contains("refused: it is not registered"), output::toString);
        assertTrue(Files.readString(folder.resolve("models/games/v2/card.md")).contains("**Refused**"));
        JsonNode gates = Json.read(Files.readString(result), JsonNode.class).path("gates");
        assertEquals("refused", gates.path(1).path("verdict").asText(), gates::toString);
    }

    @Test
    void aModelIsComparedWithTheChampionOnTheSameRowsAndByItsOwnInputs() throws Exception {
        Path models = folder.resolve("models");
        Path document = configuration(LOGISTIC);
        assertEquals(0, train(document, "--out", models), errors::toString);
        String gates = "gates: {champion: models/games/v2, margin: 0.02, segment_margin: 0.3, bytes: 100000}\n";
        Path worse = Files.writeString(
                folder.resolve("worse.yaml"),
                Files.readString(document)
                                .replace("version: v2", "version: v3")
                                .replace("  - {name: number, type: integer}\n", "")
                        + gates);
        Path equal = Files.writeString(
                folder.resolve("equal.yaml"), Files.readString(document).replace("version: v2", "version: v4") + gates);

        assertEquals(0, train(equal, "--out", models), output::toString);
        assertEquals(1, train(worse, "--out", models));

        String said = output.toString();
        assertTrue(said.contains("passed champion_auc"), said);
        assertTrue(said.contains("REFUSED by champion_auc: AUC"), said);
        String card = Files.readString(models.resolve("games/v3/card.md"));
        assertTrue(card.contains("games/v2"), card);
    }
}
