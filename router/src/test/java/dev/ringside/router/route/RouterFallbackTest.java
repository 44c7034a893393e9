package dev.ringside.router.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.router.TestRouter;
import dev.ringside.router.protection.Forced;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In segment north, rider-2 is a challenger's unit and rider-1 a champion's. */
class RouterFallbackTest {
    private static final String CHALLENGER = "rider-2";
    private static final String CHAMPION = "rider-1";

    @TempDir
    Path folder;

    private TestRouter router;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter(folder, false);
        router.role.accept(Sample.table(1));
    }

    @AfterEach
    void stop() throws IOException {
        router.close();
    }

    @Test
    void aFailingChallengerFallsBackAndCountsForItsArm() throws IOException {
        router.models.let("2", () -> {
            throw new InferenceFailure(Cause.FAILED, "NaN");
        });
        InferenceResponse answer = router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"));
        assertEquals("1", answer.modelVersion());
        assertEquals("challenger", answer.parameters().get("variant"));
        assertEquals("1", answer.parameters().get("model_version"));
        assertEquals(
                List.of(new Counters.Fallbacks("eta", "north", "better", "challenger", "2", "failed", 1, "NaN")),
                router.role.router().counters().fallbacks());
        Prediction event = router.stopAndRead().getFirst();
        assertTrue(event.fellBack());
        assertEquals("failed", event.reason());
        assertEquals("challenger", event.variant());
        assertEquals("2", event.assignedVersion());
        assertEquals("1", event.servedVersion());
    }

    @Test
    void aSlowChallengerFallsBackAtTheDeadline() throws IOException {
        router.role.accept(Sample.tableWithDeadline(2, 50));
        router.models.let("2", () -> Thread.sleep(60_000));
        assertEquals(
                "1",
                router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"))
                        .modelVersion());
        assertEquals("deadline", router.stopAndRead().getFirst().reason());
    }

    @Test
    void aChallengerThatIsNotLoadedFallsBack() throws IOException {
        router.models.let("2", () -> {
            throw new InferenceFailure(Cause.UNKNOWN_MODEL, "not loaded");
        });
        router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"));
        assertEquals("not_ready", router.stopAndRead().getFirst().reason());
    }

    @Test
    void whereTheChampionFailsTooTheFailureIsAnsweredAndNothingIsLogged() throws IOException {
        for (String version : List.of("1", "2")) {
            router.models.let(version, () -> {
                throw new InferenceFailure(Cause.UNAVAILABLE, "version " + version);
            });
        }
        var failure = assertThrows(
                InferenceFailure.class,
                () -> router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north")));
        assertEquals("version 1", failure.getMessage());
        assertThrows(
                InferenceFailure.class,
                () -> router.predict(Sample.request(null, "unit", CHAMPION, "region", "north")));
        assertEquals(List.of(), router.stopAndRead());
    }

    @Test
    void answersAreCountedByArmAndByWhatCameOfThem() {
        router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"));
        router.predict(Sample.request(null, "unit", CHALLENGER, "region", "nowhere"));
        router.models.let("2", () -> {
            throw new InferenceFailure(Cause.FAILED, "NaN");
        });
        router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"));
        router.models.let("1", () -> {
            throw new InferenceFailure(Cause.FAILED, "NaN");
        });
        assertThrows(
                InferenceFailure.class,
                () -> router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north")));
        var counted = new HashMap<Counters.Answered, Long>();
        router.role.router().counters().answers().forEach((answered, count) -> counted.put(answered, count.sum()));
        assertEquals(
                Map.of(
                        new Counters.Answered("eta", "north", "better", "challenger", Counters.Result.SERVED, null), 1L,
                        new Counters.Answered("eta", "other", null, null, Counters.Result.SERVED, "no_row"), 1L,
                        new Counters.Answered(
                                        "eta", "north", "better", "challenger", Counters.Result.FELL_BACK, "failed"),
                                1L,
                        new Counters.Answered("eta", "north", "better", "challenger", Counters.Result.FAILED, null),
                                1L),
                counted);
    }

    @Test
    void aVersionThatRefusesWhatTheChampionAnswersHasFallenBack() throws IOException {
        router.models.let("2", () -> {
            throw new InferenceFailure(Cause.MALFORMED, "bad row");
        });
        assertEquals(
                "1",
                router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"))
                        .modelVersion());
        Prediction event = router.stopAndRead().getFirst();
        assertEquals("challenger", event.variant());
        assertEquals("2", event.assignedVersion());
        assertEquals("1", event.servedVersion());
        assertEquals("refused", event.reason());
    }

    @Test
    void aRequestThatTheChampionRefusesTooIsItselfAtFault() throws IOException {
        for (String version : List.of("1", "2")) {
            router.models.let(version, () -> {
                throw new InferenceFailure(Cause.MALFORMED, "bad row for " + version);
            });
        }
        for (String unit : List.of(CHALLENGER, CHAMPION)) {
            var failure = assertThrows(
                    InferenceFailure.class,
                    () -> router.predict(Sample.request(null, "unit", unit, "region", "north")));
            assertEquals(Cause.MALFORMED, failure.why());
            assertEquals("bad row for 1", failure.getMessage());
        }
        assertEquals(List.of(), router.stopAndRead());
    }

    @Test
    void breakGlassGivesTheChampionToAllArmsAlike() throws IOException {
        router.role.breakGlass().force(new Forced("eta", "north", null, "why not"));
        for (String unit : List.of(CHALLENGER, CHAMPION, "tester")) {
            assertEquals(
                    "1",
                    router.predict(Sample.request(null, "unit", unit, "region", "north"))
                            .modelVersion());
        }
        assertTrue(router.stopAndRead().stream()
                .allMatch(e -> "break_glass".equals(e.reason()) && e.experiment() == null && e.variant() == null));
        assertEquals(List.of("eta/north"), router.role.report().breakGlass());
    }

    @Test
    void aVersionsOwnUrlHasNoFallback() {
        router.models.let("2", () -> {
            throw new InferenceFailure(Cause.FAILED, "NaN");
        });
        var failure = assertThrows(
                InferenceFailure.class, () -> router.role.router().predict("eta", "2", Sample.request(null)));
        assertEquals("NaN", failure.getMessage());
    }
}
