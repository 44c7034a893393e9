package dev.ringside.benchmarks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.benchmarks.training.Measure.Better;
import dev.ringside.benchmarks.training.Trainer.Trained;
import dev.ringside.benchmarks.training.Trainer.TrainingFailed;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingBenchTest {
    private static final Training TRAINING = Training.of("one.yaml", "--heap", "1GB");
    private static final Measure AUC = measure("auc", new Figure.Metric(TRAINING, "test_auc"), Better.HIGHER, 0.5, 0.7);
    private static final Measure MEMORY = measure("memory", new Figure.PeakMemory(TRAINING), Better.LOWER, 2.5, 1.5);

    private final List<String> calls = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), "data: rows.csv\n");
    }

    private static Measure measure(String key, Figure figure, Better better, double must, double goal) {
        return new Measure(key, "about " + key, figure, better, must, goal, List.of(new Reference("MLP", 0.6, "us")));
    }

    private List<Measured> measure(Trainer trainer, int seeds, Measure... measures)
            throws IOException, InterruptedException {
        return measure(trainer, seeds, EarlierReport.none(), measures);
    }

    private List<Measured> measure(Trainer trainer, int seeds, EarlierReport earlier, Measure... measures)
            throws IOException, InterruptedException {
        var bench = new TrainingBench(new Documents(folder, folder), trainer, seeds, earlier);
        calls.add("planned " + bench.planned(List.of(measures)));
        return bench.measure(List.of(measures), new TrainingBench.Progress() {
            @Override
            public void begins(Measure measure, long seed) {
                calls.add("begins " + measure.key() + " " + seed);
            }

            @Override
            public void found(Measure measure, long seed, double value) {
                calls.add("found " + measure.key() + " " + seed + " " + value);
            }

            @Override
            public void complete(List<Measured> sofar) {
                calls.add("complete " + sofar.size());
            }
        });
    }

    private static Trained trained(double auc) {
        return new Trained(Map.of("test_auc", auc), 2_000_000_000, 3);
    }

    @Test
    void theMeanOverTheSeedsIsHeldAgainstWhatItMustBe() throws Exception {
        Measured found =
                measure((_, _, seed) -> trained(seed == 1 ? 0.5 : 0.6), 3, AUC).getFirst();

        assertEquals(List.of(0.5, 0.6, 0.6), found.values());
        assertEquals((0.5 + 0.6 + 0.6) / 3, found.mean(), 1e-15);
        assertEquals(Math.sqrt(1.0 / 300), found.deviation(), 1e-15, "divisor n - 1");
        assertEquals(true, found.met());
        assertEquals(false, found.goalMet());
        assertEquals(9, found.seconds());
        assertEquals("one.yaml", found.document());
    }

    @Test
    void lessMemoryIsBetterAndMeasuresOfOneDocumentShareItsTrainings() throws Exception {
        List<Measured> found = measure((_, _, _) -> trained(0.8), 2, AUC, MEMORY);

        assertEquals(List.of(2.0, 2.0), found.get(1).values());
        assertEquals(true, found.get(1).met());
        assertEquals(false, found.get(1).goalMet());
        assertEquals(
                List.of(
                        "planned 2",
                        "begins auc 1",
                        "found auc 1 0.8",
                        "begins auc 2",
                        "found auc 2 0.8",
                        "complete 1",
                        "found memory 1 2.0",
                        "found memory 2 2.0",
                        "complete 2"),
                calls);
    }

    @Test
    void theTrainerIsToldTheSeedAndTheOptionsAndIsGivenACopyThatIsTakenAway() throws Exception {
        List<Path> copies = new ArrayList<>();
        Trainer trainer = (training, document, seed) -> {
            copies.add(document);
            assertEquals(copies.size(), seed);
            assertEquals(TRAINING, training);
            assertEquals(
                    folder.resolve("rows.csv").toString(),
                    Json.readYaml(read(document), JsonNode.class).path("data").asText());
            return trained(0.9);
        };
        measure(trainer, 2, AUC);

        assertEquals(2, copies.size());
        assertFalse(Files.exists(copies.getFirst()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTrainingThatFailsMissesTheMustAndSaysWhy() throws Exception {
        Trainer trainer = (_, _, seed) -> {
            if (seed == 2) {
                throw new TrainingFailed("out of memory");
            }
            return trained(0.9);
        };
        var report = new TrainingReport(measure(trainer, 3, AUC));

        assertNull(report.measures().getFirst().mean());
        assertEquals(List.of("auc: seed 2: out of memory"), report.misses());
    }

    @Test
    void aMetricThatTheVersionDoesNotHaveIsSaid() throws Exception {
        Trainer trainer = (_, _, _) -> new Trained(Map.of(), 1, 1);

        assertEquals(
                List.of("auc: seed 1: what comes of one.yaml has no metric test_auc"),
                new TrainingReport(measure(trainer, 1, AUC)).misses());
    }

    @Test
    void whatIsToldBesideAMeasureIsTheMeanOfItsTrainingsAndIsPromisedByNobody() throws Exception {
        var speedup = new Measure(
                "speedup",
                "about",
                new Figure.Ratio(TRAINING, "speedup"),
                Better.HIGHER,
                1.5,
                1.8,
                new Measure.Beside("small", "a small network"),
                List.of());
        Trainer trainer = (_, _, seed) -> new Trained(Map.of("speedup", 1.6, "small", 0.4 + 0.1 * seed), 0, 1);
        var report = new TrainingReport(measure(trainer, 3, speedup));

        assertEquals(List.of(), report.misses());
        assertEquals(List.of("speedup of a small network: 0.600"), report.notes());
        assertNull(report.measures().getFirst().peakGb(), "nobody told");
    }

    @Test
    void aRunGoesOnWithWhatAnEarlierOneFoundOfTheSameDocumentsAndSeeds() throws Exception {
        Path file = folder.resolve("out.json");
        new TrainingReport(measure((_, _, seed) -> trained(0.6 + 0.1 * seed), 2, AUC)).write(file);
        EarlierReport earlier = EarlierReport.read(file);
        Trainer never = (_, _, _) -> {
            throw new AssertionError("trained again");
        };
        Trainer other = (_, _, _) -> trained(0.1);

        assertEquals(
                List.of(0.7, 0.8), measure(never, 2, earlier, AUC).getFirst().values());
        assertEquals("planned 0", calls.getLast());
        assertEquals(
                List.of(0.7, 0.8),
                measure(other, 2, earlier, AUC, MEMORY).getFirst().values());
        assertEquals(
                List.of(0.1, 0.1, 0.1),
                measure(other, 3, earlier, AUC).getFirst().values());
        Files.writeString(folder.resolve("rows.csv"), "other rows");
        assertEquals(
                List.of(0.1, 0.1), measure(other, 2, earlier, AUC).getFirst().values());
    }

    @Test
    void aFileThatIsNoReportIsRefusedAndOneThatIsNotThereHoldsNothing() throws Exception {
        Path file = folder.resolve("other.json");
        Files.writeString(file, "{\"rows\": []}");
        var failure = assertThrows(InvalidInput.class, () -> EarlierReport.read(file));

        assertTrue(failure.getMessage().contains("is no report of this bench"), failure::getMessage);
        Files.delete(file);
        assertEquals(
                List.of(0.9),
                measure((_, _, _) -> trained(0.9), 1, EarlierReport.read(file), AUC)
                        .getFirst()
                        .values());
    }

    @Test
    void theTableHasALineForEachMeasure() throws Exception {
        var report = new TrainingReport(measure((_, _, _) -> trained(0.45), 2, AUC, MEMORY));

        assertEquals("""
                | measure | must | goal | mean | deviation | seeds | | GB | others on the same rows |
                |---|---:|---:|---:|---:|---:|---|---:|---|
                | `auc` | .5000 | .7000 | .4500 | .0000 | 2 | **missed** | 2.00 | MLP .6000 |
                | `memory` | 2.50 | 1.50 | 2.00 | 0.00 | 2 | kept | 2.00 | MLP 0.60 |
                """, report.table());
        assertEquals(List.of("auc: .4500, expected .5000 or more; short by 0.05000"), report.misses());
        assertEquals(List.of("MLP: us"), report.sources());
    }

    @Test
    void theJsonHasAllFieldsAndNullWhereNothingIs() throws Exception {
        Path file = folder.resolve("out.json");
        new TrainingReport(measure((_, _, _) -> trained(0.8), 1, AUC)).write(file);
        JsonNode measure = Json.read(Files.readString(file), JsonNode.class)
                .path("measures")
                .path(0);

        var names = new ArrayList<String>();
        measure.fieldNames().forEachRemaining(names::add);
        assertEquals(
                List.of(
                        "about",
                        "beside",
                        "deviation",
                        "digest",
                        "document",
                        "goal",
                        "goal_met",
                        "key",
                        "lower_is_better",
                        "mean",
                        "met",
                        "must",
                        "peak_gb",
                        "reason",
                        "references",
                        "seconds",
                        "seeds",
                        "values"),
                names.stream().sorted().toList());
        assertTrue(measure.path("deviation").isNull(), "one value has none");
        assertEquals("us", measure.path("references").path(0).path("source").asText());
        assertEquals(1, measure.path("seeds").intValue());
    }
}
