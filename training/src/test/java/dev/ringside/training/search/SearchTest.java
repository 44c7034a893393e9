package dev.ringside.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SearchTest {
    private static final String SPACE = " space: {model.rate: {low: 0.001, high: 1, log: true},"
            + " model.kind: {choices: [a, b]}, model.size: {low: 1, high: 9, integer: true}}}\n";

    @TempDir
    private Path folder;

    private final List<String> words = new ArrayList<>();

    private final SearchListener listener = new SearchListener() {
        @Override
        public void tell(String said) {
            words.add(said);
        }

        @Override
        public void ended(int number, String how, OptionalDouble best, int ended, int trials) {}
    };

    private static String yaml(String settings) {
        return "version: 1.10\nseed: 5\nmodel: {kind: a}\nsearch: {metric: auc, " + settings + SPACE;
    }

    private SearchReport search(Path where, String settings, Objective objective)
            throws IOException, InterruptedException {
        ObjectNode document = Spaces.document(yaml(settings));
        return new Search(SearchReader.read("s.yaml", document), document, objective, where, listener).run();
    }

    private static double value(JsonNode document) {
        double rate = Math.log10(document.path("model").path("rate").doubleValue()) + 1.5;
        return 1 - rate * rate - (document.path("model").path("kind").asText().equals("b") ? 0 : 0.5);
    }

    private static Measured measured(Trial trial) {
        return Measured.of(value(trial.document()));
    }

    private static String outcome(SearchReport report) {
        return String.join(
                "\n",
                report.trials().stream()
                        .map(line -> line.trial() + " " + line.state() + " " + line.value() + " " + line.document()
                                + " " + line.seed() + " " + line.parameters())
                        .toList());
    }

    @Test
    void aSearchFindsWhatIsGoodAndWritesItsDocumentWhole() throws Exception {
        SearchReport report = search(folder, "trials: 40,", (trial, _) -> measured(trial));
        assertEquals(40, report.finished());
        assertTrue(report.whole());
        double best = report.best().value() == null ? 0 : report.best().value();
        assertTrue(best > 0.9, "best " + best);
        String yaml = Files.readString(folder.resolve("best.yaml"));
        JsonNode document = Json.readYaml(yaml, JsonNode.class);
        assertEquals(best, value(document));
        assertTrue(yaml.contains("version: 1.10\n"), yaml);
        assertFalse(document.has("search"));
        assertEquals(
                report.trials().size(),
                Json.mapper()
                        .readTree(folder.resolve("search.json").toFile())
                        .path("trials")
                        .size());
        assertTrue(Files.readString(folder.resolve("history.svg")).contains("<svg"));
        assertEquals(
                yaml,
                Files.readString(folder.resolve(
                        "trials/%04d/document.yaml".formatted(report.best().trial()))));
    }

    @Test
    void whatMattersIsNamedFirst() throws Exception {
        SearchReport report = search(folder, "trials: 60, method: random,", (trial, _) -> measured(trial));
        assertEquals(3, report.importance().size());
        assertEquals("model.rate", report.importance().getFirst().parameter());
        assertEquals("model.size", report.importance().getLast().parameter());
        assertTrue(
                report.importance().getLast().share() < 0.2, report.importance().toString());
    }

    @Test
    void threeAtATimeGiveTheSameTrialsWhoeverIsFaster() throws Exception {
        String settings = "trials: 30, parallel: 3, pruner: {kind: median, startup: 3, warm_up: 1},";
        SearchReport first = search(folder.resolve("first"), settings, (trial, monitor) -> slow(trial, monitor, 1));
        SearchReport second = search(folder.resolve("second"), settings, (trial, monitor) -> slow(trial, monitor, 2));
        assertEquals(outcome(first), outcome(second));
        assertTrue(first.pruned() > 0, "none was pruned");
    }

    private static Measured slow(Trial trial, Monitor monitor, int order) throws InterruptedException {
        for (int step = 1; step <= 3; step++) {
            Thread.sleep((trial.number() * 7L + step) * order % 5);
            if (!monitor.report(step, value(trial.document()) - 0.1 / step)) {
                return Measured.of(0);
            }
        }
        return measured(trial);
    }

    @Test
    void whoeverIsStoppedAndStartedAgainGoesOnWithTheSameTrials() throws Exception {
        String settings = "trials: 25, parallel: 2,";
        SearchReport whole = search(folder.resolve("whole"), settings, (trial, _) -> measured(trial));
        Path cut = folder.resolve("cut");
        var started = new AtomicInteger();
        Thread searching = Thread.currentThread();
        assertThrows(
                InterruptedException.class,
                () -> search(cut, settings, (trial, _) -> {
                    if (started.incrementAndGet() == 14) {
                        searching.interrupt();
                        Thread.sleep(60_000);
                    }
                    return measured(trial);
                }));
        assertFalse(Files.exists(cut.resolve("search.json")));
        SearchReport resumed = search(cut, settings, (trial, _) -> measured(trial));
        assertEquals(outcome(whole), outcome(resumed));
        assertTrue(words.stream().anyMatch(said -> said.contains("taken up with")), words.toString());
    }

    @Test
    void aTornLastLineIsToldAndTheTrialIsRunAgain() throws Exception {
        SearchReport whole = search(folder, "trials: 12,", (trial, _) -> measured(trial));
        Path log = folder.resolve(TrialLog.FILE);
        String text = Files.readString(log);
        Files.writeString(log, text.substring(0, text.length() - 20));
        var attempts = new ConcurrentHashMap<Integer, Integer>();
        SearchReport again = search(folder, "trials: 12,", (trial, _) -> {
            attempts.put(trial.number(), trial.attempt());
            return measured(trial);
        });
        assertEquals(outcome(whole), outcome(again));
        assertEquals(java.util.Map.of(11, 2), attempts);
        assertTrue(words.stream().anyMatch(said -> said.contains("torn")), words.toString());
        assertTrue(Files.exists(folder.resolve("trials/0011.2/document.yaml")));
    }

    @Test
    void aLineThatCannotBeReadInTheMiddleStopsTheSearchAndIsNamed() throws Exception {
        search(folder, "trials: 3,", (trial, _) -> measured(trial));
        Path log = folder.resolve(TrialLog.FILE);
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        lines.set(2, "{\"event\":\"finis");
        Files.write(log, lines);
        SearchFailure failure =
                assertThrows(SearchFailure.class, () -> search(folder, "trials: 3,", (trial, _) -> measured(trial)));
        assertTrue(failure.getMessage().contains("trials.jsonl, line 3: "), failure.getMessage());
    }

    @Test
    void moreTrialsContinueASearchThatWasAtItsEnd() throws Exception {
        search(folder, "trials: 15,", (trial, _) -> measured(trial));
        var run = new AtomicInteger();
        SearchReport more = search(folder, "trials: 20,", (trial, _) -> {
            run.incrementAndGet();
            return measured(trial);
        });
        assertEquals(5, run.get());
        assertEquals(
                outcome(search(folder.resolve("other"), "trials: 20,", (trial, _) -> measured(trial))), outcome(more));
    }

    @Test
    void theFolderOfAnotherSearchIsRefused() throws Exception {
        search(folder, "trials: 3,", (trial, _) -> measured(trial));
        SearchFailure failure = assertThrows(
                SearchFailure.class, () -> search(folder, "trials: 3, seed: 8,", (trial, _) -> measured(trial)));
        assertTrue(failure.getMessage().contains("another search"), failure.getMessage());
    }

    @Test
    void twoSearchesAtOnceInOneFolderAreRefused() throws Exception {
        SearchReport report = search(folder, "trials: 2,", (trial, _) -> {
            if (trial.number() == 0) {
                SearchFailure failure = assertThrows(
                        SearchFailure.class, () -> search(folder, "trials: 2,", (inner, _) -> measured(inner)));
                assertTrue(failure.getMessage().contains("another search is running"), failure.getMessage());
            }
            return measured(trial);
        });
        assertEquals(2, report.finished());
    }

    @Test
    void aTrialThatFailsIsKeptWithItsReasonAndTheSearchGoesOn() throws Exception {
        SearchReport report = search(folder, "trials: 12,", (trial, monitor) -> switch (trial.number()) {
            case 1 -> throw new TrialFailure("no memory");
            case 2 -> Measured.of(Double.NaN);
            case 3 -> {
                monitor.report(1, Double.POSITIVE_INFINITY);
                yield measured(trial);
            }
            case 4 -> {
                monitor.report(2, 1);
                monitor.report(2, 1);
                yield measured(trial);
            }
            default -> measured(trial);
        });
        assertEquals(8, report.finished());
        assertEquals("no memory", report.trials().get(1).reason());
        assertEquals(
                "its value is NaN, expected a number", report.trials().get(2).reason());
        assertEquals(
                "reported Infinity at step 1, expected a number",
                report.trials().get(3).reason());
        assertEquals(
                "reported step 2 after step 2, expected steps to rise",
                report.trials().get(4).reason());
    }

    @Test
    void aSearchInWhichEverythingFailsStopsEarlyAndSaysWhy() {
        var run = new AtomicInteger();
        SearchFailure failure = assertThrows(
                SearchFailure.class,
                () -> search(folder, "trials: 50,", (trial, _) -> {
                    run.incrementAndGet();
                    throw new TrialFailure("no such column: ag");
                }));
        assertEquals(10, run.get());
        assertEquals("none of the first 10 trials ended well; trial 9: no such column: ag", failure.getMessage());
    }

    @Test
    void aTrialThatHangsFailsAtItsDeadline() throws Exception {
        SearchReport report = search(folder, "trials: 4, trial_deadline: 200ms, grace: 100ms,", (trial, _) -> {
            if (trial.number() == 1) {
                Thread.sleep(60_000);
            }
            return measured(trial);
        });
        assertEquals(3, report.finished());
        assertEquals(
                "not done within the trial's deadline of 200ms",
                report.trials().get(1).reason());
    }

    @Test
    void afterTheDeadlineRunningTrialsAreStoppedAndRunAgainNextTime() throws Exception {
        SearchReport first = search(folder, "trials: 5, deadline: 400ms, grace: 100ms,", (trial, _) -> {
            if (trial.number() == 3) {
                Thread.sleep(60_000);
            }
            return measured(trial);
        });
        assertFalse(first.whole());
        assertEquals(3, first.finished());
        assertEquals("running", first.trials().get(3).state());
        SearchReport second = search(folder, "trials: 5,", (trial, _) -> measured(trial));
        assertEquals(
                outcome(search(folder.resolve("other"), "trials: 5,", (trial, _) -> measured(trial))), outcome(second));
    }

    @Test
    void eachTrialHasASeedOfItsOwnThatStandsInItsDocumentWhereThatIsAsked() throws Exception {
        List<Long> seeds = new ArrayList<>();
        search(folder, "trials: 5, seed_at: seed,", (trial, _) -> {
            assertEquals(trial.seed(), trial.document().path("seed").longValue());
            seeds.add(trial.seed());
            return measured(trial);
        });
        assertEquals(5, seeds.stream().distinct().count());
        search(folder.resolve("other"), "trials: 2,", (trial, _) -> {
            assertEquals(5, trial.document().path("seed").longValue());
            return measured(trial);
        });
    }

    @Test
    void theLogIsOnlyAddedTo() throws Exception {
        search(folder, "trials: 4,", (trial, _) -> measured(trial));
        String before = Files.readString(folder.resolve(TrialLog.FILE));
        search(folder, "trials: 6,", (trial, _) -> measured(trial));
        assertTrue(Files.readString(folder.resolve(TrialLog.FILE)).startsWith(before));
        Files.writeString(folder.resolve(TrialLog.FILE), "half", StandardOpenOption.APPEND);
        assertEquals(
                6, search(folder, "trials: 6,", (trial, _) -> measured(trial)).finished());
    }
}
