package dev.ringside.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trials as processes: what each can do wrong, and what a search that is killed leaves. */
@Tag("slow")
@Timeout(120)
class ProcessObjectiveTest {
    private static final Duration GRACE = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private static ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    static ProcessObjective processes() {
        return new ProcessObjective(
                trial -> java(
                        ToyTrial.class, trial.folder().resolve("document.yaml").toString()),
                GRACE);
    }

    private Trial trial(String document) throws IOException {
        Files.writeString(folder.resolve("document.yaml"), document);
        return new Trial(0, 1, 0, Spaces.document(document), folder);
    }

    private String failure(String document) throws IOException {
        Trial trial = trial(document);
        return assertThrows(TrialFailure.class, () -> processes().evaluate(trial, (_, _) -> true))
                .reason();
    }

    private static boolean alive(Path pid) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid)))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertTrue(condition.getAsBoolean(), "not within 30 s");
    }

    @Test
    void reportsAndTheResultComeThroughAndOtherWordsAreKept() throws Exception {
        List<Double> reports = new ArrayList<>();
        Measured measured = processes().evaluate(trial("{x: 0.5, does: flood}"), (_, value) -> reports.add(value));
        assertEquals(List.of(0.25 / 3, 0.5 / 3, 0.25), reports);
        assertEquals(new Measured(0.25, java.util.Map.of("steps", 3.0), "d0.5"), measured);
        String output = Files.readString(folder.resolve("output.txt"));
        assertTrue(output.startsWith("some library says hello\n"), output.substring(0, 100));
        assertTrue(output.contains("number 19999\n"));
    }

    @Test
    void aCrashIsAFailureWithTheLastWords() throws Exception {
        String reason = failure("{x: 0.5, does: crash}");
        assertTrue(reason.startsWith("its process ended with status 3; its last words: "), reason);
        assertTrue(reason.contains("cannot allocate 3 TB"), reason);
    }

    @Test
    void aKilledProcessIsAFailureThatNamesTheSignal() throws Exception {
        assertTrue(failure("{x: 0.5, does: kill}").startsWith("its process ended with status 137 (signal 9)"));
    }

    @Test
    void anEndWithoutAResultIsAFailure() throws Exception {
        assertTrue(failure("{x: 0.5, does: silence}").startsWith("its process ended without a result"));
    }

    @Test
    void aLineThatCannotBeReadIsAFailure() throws Exception {
        assertTrue(failure("{x: 0.5, does: garbage}").startsWith("its process wrote a line that cannot be read"));
    }

    @Test
    void aTrialThatIsStoppedEndsByItself() throws Exception {
        Trial trial = trial("{x: 0.5}");
        assertThrows(TrialFailure.class, () -> processes().evaluate(trial, (step, _) -> step < 2));
        assertEquals("at 2", Files.readString(folder.resolve("stopped")));
        assertFalse(alive(folder.resolve("pid")));
    }

    @Test
    void aTrialThatDoesNotStopIsKilledAfterTheGrace() throws Exception {
        Trial trial = trial("{x: 0.5, does: stubborn}");
        assertThrows(TrialFailure.class, () -> processes().evaluate(trial, (_, _) -> false));
        assertFalse(alive(folder.resolve("pid")));
    }

    private SearchReport search(String yaml) throws Exception {
        ObjectNode document = Spaces.document(yaml);
        return new Search(SearchReader.read("toy", document), document, processes(), folder, SearchListener.none())
                .run();
    }

    /** Whether no process of a trial is left. */
    private boolean ended(int trial) throws IOException {
        Path pid = folder.resolve("trials/%04d/pid".formatted(trial));
        return !Files.exists(pid) || !alive(pid);
    }

    @Test
    void aSearchGoesOnBesideCrashesAndPrunedTrials() throws Exception {
        SearchReport report = search("""
            x: 0
            search:
              method: grid
              metric: value
              parallel: 2
              grace: 500ms
              pruner: {kind: median, startup: 1}
              space:
                x: {choices: [0.5, 0.01]}
                does: {choices: [nothing, crash], when: {x: 0.5}}
            """);

        assertEquals(
                List.of("finished", "failed", "pruned"),
                report.trials().stream().map(SearchReport.Line::state).toList());
        assertTrue(String.valueOf(report.trials().get(1).reason()).contains("status 3"));
        assertTrue(ended(0) && ended(1) && ended(2));
    }

    /** By itself, as a deadline that this one need not wait long for is one that others, on a busy machine, would miss. */
    @Test
    void aTrialThatHangsIsKilledWhenItsTimeIsOver() throws Exception {
        SearchFailure failure = assertThrows(SearchFailure.class, () -> search("""
            x: 0
            does: hang
            search:
              method: grid
              metric: value
              trial_deadline: 2s
              grace: 500ms
              space:
                x: {choices: [0.5]}
            """));

        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("trial 0: not done within the trial's deadline of 2s"), message);
        assertTrue(ended(0));
    }

    @Test
    void aSearchThatIsKilledLeavesNoProcessesAndGoesOnToTheSameTrials() throws Exception {
        String yaml = """
            x: 0.5
            pause: %d
            search: {metric: value, trials: 8, startup: 3, parallel: 2, space: {x: {low: 0, high: 1}}}
            """;
        Path file = folder.resolve("search.yaml");
        Path cut = folder.resolve("cut");
        Files.writeString(file, yaml.formatted(300));
        Process search = java(ToySearch.class, file.toString(), cut.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            Path third = cut.resolve("trials/0002/pid");
            await(() -> Files.exists(third) || !search.isAlive());
        } finally {
            search.destroyForcibly().waitFor(); // SIGKILL
        }
        try (Stream<Path> trials = Files.list(cut.resolve("trials"))) {
            for (Path trial : trials.toList()) {
                Path pid = trial.resolve("pid");
                await(() -> {
                    try {
                        return !Files.exists(pid) || !alive(pid);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
            }
        }
        ObjectNode document = Spaces.document(yaml.formatted(300));
        SearchSettings settings = SearchReader.read("toy", document);
        Objective same = (trial, monitor) -> {
            for (int step = 1; step <= 3; step++) {
                monitor.report(step, ToyTrial.value(trial.document()) * step / 3);
            }
            double x = trial.document().path("x").doubleValue();
            return new Measured(ToyTrial.value(trial.document()), java.util.Map.of("steps", 3.0), "d" + x);
        };
        SearchReport resumed = new Search(settings, document, same, cut, SearchListener.none()).run();
        SearchReport whole = new Search(settings, document, same, folder.resolve("whole"), SearchListener.none()).run();
        assertEquals(outcome(whole), outcome(resumed));
        List<String> log = Files.readAllLines(cut.resolve(TrialLog.FILE));
        assertTrue(log.stream().anyMatch(line -> line.contains("\"attempt\":2")), String.join("\n", log));
    }

    private static List<String> outcome(SearchReport report) {
        return report.trials().stream()
                .map(line -> line.trial() + " " + line.value() + " " + line.document() + " " + line.digest() + " "
                        + Json.write(line.parameters()))
                .toList();
    }
}
