package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.fitting.Fitting;
import dev.ringside.training.fitting.RefitChoice;
import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.learning.Passes;
import dev.ringside.training.network.Parallelism;
import dev.ringside.training.preparation.Preparation;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.split.Folds.Fold;
import dev.ringside.training.split.PartRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows fittings that were told when to stop, and by what they are told. */
class TrainRefitTest extends GamesTraining {
    private static final String BOTH = "{kind: ensemble, bags: 2, members: [" + TREES + ", " + NETWORK + "]}";
    private static final String FOLDED = "split: {kind: stratified, folds: 4, test: 0.25}";

    private Path document(String model, String added) throws IOException {
        Path document = configuration(model);
        return Files.writeString(document, Files.readString(document) + added + "\n");
    }

    private Path folded(String model, String added) throws IOException {
        Path document = document(model, added);
        return Files.writeString(
                document, Files.readString(document).replaceAll("(?s)split:.*?\nmetrics:", FOLDED + "\nmetrics:"));
    }

    private JsonNode metrics(Path document) throws IOException {
        digest(document, "--offline", "--out", folder.resolve("models"));
        return Json.read(Files.readString(folder.resolve("result.json")), JsonNode.class)
                .path("metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = {NETWORK, TREES, BOTH})
    void aRefitTakesAsManyPassesAsWereBestAndIsToldBesideTheModelBefore(String model) throws IOException {
        JsonNode before = metrics(configuration(model));
        JsonNode after = metrics(document(model, "refit: all"));

        for (String passes : new String[] {"best_epoch", "trees", "best_epoch_1_2", "trees_2_1"}) {
            assertEquals(before.path(passes), after.path(passes), passes);
        }
        assertEquals(before.path("test_auc"), after.path("stopped_test_auc"));
        assertEquals(
                before.path("validation_auc"), after.path("validation_auc"), "by the model that had not seen them");
        assertNotEquals(before.path("test_auc"), after.path("test_auc"));
        assertEquals(
                after.path("test_auc").asDouble()
                        - after.path("stopped_test_auc").asDouble(),
                after.path("refit_auc_gain").asDouble(),
                1e-12);
        assertTrue(output.toString().contains("by which nothing was chosen"), output::toString);
    }

    @ParameterizedTest
    @CsvSource({"all, 1", "folds, 4"})
    void foldsMeasureAModelFourTimesAndThenMakeOne(String refit, int members) throws IOException {
        JsonNode metrics = metrics(folded(TREES, "refit: " + refit));

        assertEquals(4, metrics.path("folds").asInt(), metrics::toString);
        assertTrue(metrics.path("folds_auc").asDouble() > 0.8, metrics::toString);
        assertTrue(metrics.path("folds_auc_deviation").asDouble() > 0, metrics::toString);
        assertEquals(members, metrics.path("members").asInt(1), metrics::toString);
        assertTrue(metrics.path("test_auc").asDouble() > 0.8, metrics::toString);
        assertFalse(metrics.has("validation_auc"), metrics::toString);
        assertTrue(Files.readString(folder.resolve("models/games/v2/card.md")).contains("deviation"));
        assertTrue(Files.exists(folder.resolve("models/games/v2/run/train/fold-3.checkpoint")));
    }

    @Test
    void eachTeachingRowIsHeldOutOnceAndTheDeviationIsThatOfASample() throws IOException {
        TrainingConfiguration configuration = ConfigurationReader.read(folded(LOGISTIC, ""), null, null);
        Progress quiet = Progress.of(false, new PrintWriter(Writer.nullWriter()));
        var preparation = new Preparation(configuration, List.of(), quiet);
        PartRows data = preparation.parted(preparation.rows());
        Iterator<Double> values = List.of(1.0, 2.0, 3.0, 6.0).iterator();
        int[] held = new int[1];

        Fitting.CrossFitted folds = new Fitting(configuration, quiet, new Parallelism.None(), (rows, scores) -> {
                    held[0] += rows.size();
                    assertEquals(rows.size(), scores.length);
                    return Map.of("folds_value", values.next(), "folds_rows", 1.0);
                })
                .folds(data, Checkpoints.none(), new Passes());

        assertEquals(data.train().size(), held[0]);
        assertEquals(
                Map.of("folds", 4.0, "folds_value", 3.0, "folds_value_deviation", Math.sqrt(14 / 3.0)),
                folds.metrics());
    }

    @ParameterizedTest
    @ValueSource(strings = {NETWORK, TREES})
    void autoChoosesByRowsThatNoCandidateHasSeenAndThenDoesWhatADocumentWouldSay(String model) throws IOException {
        JsonNode chosen = metrics(document(model, "refit: auto"));
        String digest = digest(document(model, "refit: auto"), "--offline", "--out", folder.resolve("models"));

        List<String> candidates = List.of("stopped", "all", "folds");
        String won = candidates.stream()
                .filter(candidate -> chosen.has("refit_choice_" + candidate))
                .collect(Collectors.joining(","));
        for (String candidate : candidates) {
            assertTrue(
                    chosen.path("refit_choice_loss_" + won).asDouble()
                            <= chosen.path("refit_choice_loss_" + candidate).asDouble(Double.NaN),
                    chosen::toString);
        }
        assertTrue(chosen.path("refit_choice_gain_all_low").asDouble(9)
                < chosen.path("refit_choice_gain_all_high").asDouble());
        assertTrue(output.toString().contains("  " + won + " was chosen: mean loss 0."), output::toString);
        if (won.equals("folds")) {
            assertEquals(5, chosen.path("members").asInt(), chosen::toString);
        } else {
            String written = won.equals("all") ? "refit: all" : "refit: none";
            assertEquals(digest(document(model, written), "--offline", "--out", folder.resolve("others")), digest);
        }
    }

    @Test
    void halvesOfAValidationPartByTimeAreTheEarlierAndTheLater() throws IOException {
        TrainingConfiguration configuration = ConfigurationReader.read(document(TREES, "refit: auto"), null, null);
        Progress quiet = Progress.of(false, new PrintWriter(Writer.nullWriter()));
        var preparation = new Preparation(configuration, List.of(), quiet);
        PartRows data = preparation.parted(preparation.rows());
        Table validation = data.validation();
        Fold halves = new RefitChoice(configuration).halves(validation);

        long last =
                Arrays.stream(validation.select(halves.train()).times()).max().orElseThrow();
        assertEquals(validation.size(), halves.train().length + halves.test().length);
        assertTrue(Arrays.stream(validation.select(halves.test()).times()).allMatch(time -> time > last));
        assertEquals(
                data.train().size() + halves.train().length,
                data.withSome().apply(halves.train()).size());
    }

    @Test
    void logisticRegressionIsMeasuredByFoldsToo() throws IOException {
        JsonNode metrics = metrics(folded(LOGISTIC, ""));

        assertTrue(metrics.path("folds_log_loss").asDouble() > 0, metrics::toString);
    }

    @Test
    void aPayOffCanSayWhenToStop() throws IOException {
        Path document = document(
                "{kind: trees, rounds: 60, max_depth: 2, learning_rate: 0.3}",
                "stop: {metric: validation.profit, patience: 4, least_gain: 0.0001}");
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("  by: city", "  by: city\n  profit: {threshold: 0.5, right: 1, wrong: -1}"));

        JsonNode metrics = metrics(document);

        assertTrue(metrics.path("trees").asInt() < 56, metrics::toString);
        assertTrue(metrics.has("validation_profit"), metrics::toString);
    }

    @Test
    void whatDoesNotGoTogetherIsToldTogether() throws IOException {
        Path document = folded(LOGISTIC, "stop: {metric: validation.f1, patience: 0}\nrefit: some");
        Files.writeString(document, Files.readString(document).replace("test: 0.25", "test: 0.25, train: 0.5"));

        assertEquals(2, train(document, "--offline", "--out", folder.resolve("models")));

        String said = errors.toString();
        assertTrue(
                said.contains("stop.metric: expected one of validation.log_loss, validation.auc, found validation.f1"),
                said);
        assertTrue(said.contains("stop.patience: expected"), said);
        assertTrue(said.contains("stop: the model never stops early"), said);
        assertTrue(said.contains("refit: expected none, all, folds or auto, found some"), said);
        assertTrue(said.contains("split.train: expected none beside folds"), said);
    }
}
