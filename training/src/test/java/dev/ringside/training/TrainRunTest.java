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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training as steps in its folder. */
class TrainRunTest extends GamesTraining {
    private Path run() {
        return folder.resolve("models/games/v2/run");
    }

    /** Steps as the result lists them, those that were kept in brackets. */
    private List<String> steps() throws IOException {
        List<String> steps = new ArrayList<>();
        for (JsonNode step : Json.read(Files.readString(folder.resolve("result.json")), JsonNode.class)
                .path("steps")) {
            String name = step.path("step").asText();
            steps.add(step.path("kept").asBoolean() ? "[" + name + "]" : name);
        }
        return steps;
    }

    private String digest(Path document) throws IOException {
        return digest(document, "--out", folder.resolve("models"));
    }

    private void edit(Path document, String before, String after) throws IOException {
        String text = Files.readString(document);
        assertTrue(text.contains(before), text);
        Files.writeString(document, text.replace(before, after));
    }

    @Test
    void eachStepCanBeTheLastAndTheSameCommandGoesOnToTheSameModel() throws IOException {
        Path document = configuration(TREES);
        Path models = folder.resolve("models");
        String whole = digest(document, "--out", folder.resolve("whole"));
        List<String> before = new ArrayList<>();

        for (String step : List.of(
                "validate", "split", "sample", "represent", "train", "evaluate", "export", "gate", "register")) {
            assertEquals(
                    0,
                    train(document, "--out", models, "--until", step, "--json", folder.resolve("result.json")),
                    errors::toString);
            List<String> expected = new ArrayList<>(before);
            expected.add(step);
            assertEquals(expected, steps());
            before.add("[" + step + "]");
            assertEquals(step.equals("register"), Files.exists(models.resolve("games/v2/model.onnx")));
        }

        assertEquals(
                whole,
                Json.read(Files.readString(folder.resolve("result.json")), JsonNode.class)
                        .path("sha256")
                        .asText());
        assertEquals(
                Files.readString(folder.resolve("whole/games/v2/manifest.json")),
                Files.readString(models.resolve("games/v2/manifest.json")));
        assertTrue(output.toString().contains("the same command without --until goes on"), output::toString);
    }

    @Test
    void aChangeIsNamedAndReachesTheStepsBehindItAlone() throws Exception {
        Path document = configuration(TREES);
        String first = digest(document);

        edit(document, "by: city", "by: number");
        assertEquals(first, digest(document));
        assertEquals(
                List.of(
                        "[validate]",
                        "[split]",
                        "[sample]",
                        "[represent]",
                        "[train]",
                        "evaluate",
                        "export",
                        "gate",
                        "register"),
                steps());
        assertTrue(
                errors.toString().contains("metrics changed: evaluate and the steps behind it begin anew"),
                errors::toString);

        edit(document, "rounds: 50", "rounds: 7");
        assertNotEquals(first, digest(document));
        assertEquals("train", steps().get(4));
        assertTrue(errors.toString().contains("model changed: train and"), errors::toString);

        Duck.write(folder.resolve("rows.csv"), """
            SELECT TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS time, i % 7 AS number,
                   sin(i) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city, i % 7 + 3 * sin(i) > 4 AS won
            FROM range(2300) t(i)
            """);
        digest(document);
        assertEquals("validate", steps().getFirst());
        assertTrue(errors.toString().contains("data changed: validate and"), errors::toString);
    }

    @Test
    void aDocumentThatSaysTheSameInOtherWordsChangesNothingButItsLineage() throws IOException {
        Path document = configuration(LOGISTIC);
        digest(document);

        Files.writeString(document, "# the same\n" + Files.readString(document));
        digest(document);

        assertTrue(steps().subList(0, 8).stream().allMatch(step -> step.startsWith("[")), () -> errors.toString());
        assertTrue(Files.readString(folder.resolve("models/games/v2/manifest.json"))
                .contains("# the same"));
    }

    @Test
    void fromAStepOnAllIsDoneAgain() throws IOException {
        Path document = configuration(TREES);
        String first = digest(document);

        assertEquals(first, digest(document, "--out", folder.resolve("models"), "--from", "train"));

        assertEquals("[represent]", steps().get(3));
        assertEquals("train", steps().get(4));
    }

    @Test
    void whatAStepMadeAndIsDamagedIsMadeAgain() throws IOException {
        Path document = configuration(TREES);
        String first = digest(document);
        Files.writeString(run().resolve("evaluate/metrics.json"), "{}");

        assertEquals(first, digest(document));

        assertTrue(errors.toString().contains("what evaluate had made is gone or damaged"), errors::toString);
        assertEquals("evaluate", steps().get(5));
    }

    @Test
    void theFolderSaysWhichRowIsInWhichPartAndWhatEncodersLearnt() throws IOException {
        digest(configuration(STACKED));

        JsonNode sizes = Json.read(Files.readString(run().resolve("split/parts.json")), JsonNode.class);
        assertEquals(1_200, sizes.path("train").asInt(), sizes::toString);
        String shown = Files.readString(run().resolve("represent/representation.json"));
        assertTrue(shown.contains("\"logistic\"") && shown.contains("\"trees\""), shown);
        assertTrue(shown.contains("\"deviation\""), shown);
        assertTrue(Files.exists(run().resolve("train/member-1.bag-0.checkpoint")));
    }

    @Test
    void aCheckpointThatIsCutOrOfAnotherTrainingIsRefusedWithWhatToDo() throws IOException {
        Path document = configuration(TREES);
        digest(document);
        Path checkpoint = run().resolve("train/model.checkpoint");
        byte[] whole = Files.readAllBytes(checkpoint);
        Object[] again = {document, "--out", folder.resolve("models"), "--offline"};

        Files.write(checkpoint, Arrays.copyOf(whole, whole.length - 1));
        edit(document, "by: city", "by: number");
        assertEquals(1, train(again));
        assertTrue(
                errors.toString().contains("is cut or damaged")
                        && errors.toString().contains("--from train"),
                errors::toString);

        Files.write(checkpoint, Arrays.copyOf(whole, 10));
        assertEquals(1, train(again));
        assertTrue(errors.toString().contains("or only the beginning of one"), errors::toString);

        Path other = folder.resolve("other");
        digest(document, "--out", other, "--seed", 2);
        Files.copy(
                other.resolve("games/v2/run/train/model.checkpoint"), checkpoint, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(1, train(again));
        assertTrue(errors.toString().contains("belongs to another training"), errors::toString);

        digest(document, "--out", folder.resolve("models"), "--from", "train");
    }

    @Test
    void dataThatIsRefusedLeavesNoFolder() throws IOException {
        Path document = configuration(LOGISTIC);
        edit(document, "label: won", "label: lost");

        assertEquals(2, train(document, "--out", folder.resolve("models")));

        assertFalse(Files.exists(folder.resolve("models")));
    }
}
