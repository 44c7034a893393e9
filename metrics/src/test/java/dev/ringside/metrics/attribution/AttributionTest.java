package dev.ringside.metrics.attribution;

import static dev.ringside.metrics.attribution.Scene.CLOSING;
import static dev.ringside.metrics.attribution.Scene.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.Moments;
import dev.ringside.contract.moments.OutcomeClass;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AttributionTest {
    private static final Instant LATER = NOON.plus(Duration.ofHours(3));

    private final Scene scene = new Scene();

    @Test
    void aCellClosesWhenTheHorizonReachesItsEndPlusWindowPlusGrace() {
        scene.predict(7, "champion", NOON);
        scene.happen(7, "e", 2.5, LATER, LATER);
        scene.mark(CLOSING.minusNanos(1));
        assertFalse(scene.cell("champion").orElseThrow().closed());
        Emissions emissions = scene.mark(CLOSING);
        KpiMessage.Cell cell = scene.cell("champion").orElseThrow();
        assertTrue(cell.closed());
        assertEquals(Moments.ofUnit(7, 2_500_000), cell.moments());
        assertTrue(scene.arm("champion").orElseThrow().closed());
        assertEquals(
                new ArmCounts(1, 0, 0, 1, 0, 0, 7),
                scene.arm("champion").orElseThrow().counts());
        assertTrue(emissions.messages().getLast() instanceof KpiMessage.Snapshot);
        assertEquals(1, scene.outcomes(OutcomeClass.COUNTED));
        assertEquals(0, scene.outcomes(OutcomeClass.PENDING));
    }

    @Test
    void aCellIsSaidAgainOnlyIfItChanged() {
        scene.predict(7, "champion", NOON);
        assertEquals(3, scene.mark(NOON.plusSeconds(1)).messages().size(), "cell, arm, snapshot");
        assertEquals(Emissions.NONE, scene.mark(NOON.plusSeconds(1)), "the horizon did not move");
        assertEquals(1, scene.mark(NOON.plusSeconds(2)).messages().size(), "only the snapshot");
        scene.happen(7, "e", 1, LATER, LATER);
        assertEquals(3, scene.mark(NOON.plusSeconds(3)).messages().size(), "cell, arm, snapshot");
    }

    @Test
    void aRouterThatIsRetiredHoldsNothingBackAndWhatItShipsAfterwardsIsLate() {
        scene.predict(7, "champion", NOON);
        scene.accept(Scene.mark("router-2", Mark.Role.ROUTER, NOON));
        scene.mark(CLOSING);
        assertEquals(NOON, scene.snapshot().horizon());
        scene.accept(new Mark("router-2", Mark.Role.ROUTER, 1, NOON, true, true));
        assertEquals(CLOSING, scene.snapshot().horizon());
        KpiMessage.Cell closed = scene.cell("champion").orElseThrow();
        assertTrue(closed.closed());
        scene.accept(new Mark("router-2", Mark.Role.ROUTER, 2, NOON, true, false));
        scene.predict(8, "champion", LATER);
        scene.mark(CLOSING.plusSeconds(5));
        assertEquals(CLOSING, scene.snapshot().horizon(), "it is open again, and waited for");
        scene.accept(new Mark("router-2", Mark.Role.ROUTER, 2, CLOSING.plusSeconds(5), true, false));
        assertEquals(CLOSING.plusSeconds(5), scene.snapshot().horizon());
        assertEquals(closed, scene.cell("champion").orElseThrow(), "what was closed stays as it was");
        ArmCounts counts = scene.arm("champion").orElseThrow().counts();
        assertEquals(1, counts.units());
        assertEquals(1, counts.lateExposures());
    }

    @Test
    void anOutcomeThatComesBeforeItsPredictionCounts() {
        scene.happen(7, "e", 1, LATER, LATER);
        scene.predict(7, "challenger", NOON);
        scene.mark(CLOSING);
        assertEquals(
                Moments.ofUnit(7, 1_000_000),
                scene.cell("challenger").orElseThrow().moments());
    }

    @Test
    void anEarlierPredictionTakesTheUnitToItsArm() {
        scene.predict(7, "challenger", NOON);
        scene.mark(NOON.minusSeconds(60));
        assertEquals(1, scene.arm("challenger").orElseThrow().counts().units());
        scene.predict(7, "champion", NOON.minusSeconds(1));
        scene.mark(CLOSING);
        assertEquals(Moments.NONE, scene.cell("challenger").orElseThrow().moments());
        assertEquals(ArmCounts.NONE, scene.arm("challenger").orElseThrow().counts());
        assertEquals(Moments.ofUnit(7, 0), scene.cell("champion").orElseThrow().moments());
        assertEquals(
                new ArmCounts(1, 1, 0, 0, 0, 0, 7),
                scene.arm("champion").orElseThrow().counts());
    }

    @Test
    void theHighestRevisionInTimeCountsAndARetractionTakesTheEventBack() {
        scene.predict(7, "champion", NOON);
        scene.accept(Scene.outcome(7, "revised", 1, false, 3, LATER, LATER));
        scene.accept(Scene.outcome(7, "revised", 0, false, 1, LATER, LATER));
        scene.accept(Scene.outcome(7, "taken back", 0, false, 10, LATER, LATER));
        scene.accept(Scene.outcome(7, "taken back", 1, true, 10, LATER, LATER));
        scene.accept(Scene.outcome(7, "taken back late", 0, false, 100, LATER, LATER));
        Instant tooLate = NOON.plus(Duration.ofHours(25));
        Emissions none = scene.accept(Scene.outcome(7, "taken back late", 1, true, 100, LATER, tooLate));
        assertEquals(Emissions.NONE, none);
        Emissions closing = scene.mark(CLOSING.plus(Duration.ofDays(1)));
        assertEquals(
                Moments.ofUnit(7, 103_000_000),
                scene.cell("champion").orElseThrow().moments());
        assertEquals(2, scene.outcomes(OutcomeClass.COUNTED));
        assertEquals(3, scene.outcomes(OutcomeClass.SUPERSEDED));
        assertEquals(1, scene.outcomes(OutcomeClass.LATE));
        assertEquals(1, closing.late().size());
    }

    @Test
    void anOutcomeReceivedTooLateIsSentOutAsItWasAcceptedAndCountedByArm() {
        scene.predict(7, "champion", NOON);
        var late = Scene.outcome(7, "e", 0, false, 1, LATER, NOON.plus(Duration.ofHours(25)));
        scene.accept(late);
        Emissions closing = scene.mark(CLOSING.plus(Duration.ofDays(1)));
        assertEquals(List.of(late), closing.late());
        assertEquals(1, scene.arm("champion").orElseThrow().counts().lateOutcomes());
        assertEquals(1, scene.outcomes(OutcomeClass.LATE));
        assertEquals(Moments.ofUnit(7, 0), scene.cell("champion").orElseThrow().moments());
    }

    @Test
    void anOutcomeWithoutAPredictionIsADeadLetterADayAfterItsReceipt() {
        scene.happen(7, "e", 1, NOON, NOON);
        assertEquals(
                List.of(),
                scene.mark(NOON.plus(Duration.ofHours(24)).minusNanos(1)).deadLetters());
        Emissions emissions = scene.mark(NOON.plus(Duration.ofHours(24)));
        assertEquals(1, emissions.deadLetters().size());
        assertTrue(emissions.deadLetters().getFirst().reason().contains("no prediction of its unit"));
        assertEquals(1, scene.outcomes(OutcomeClass.UNMATCHED));
    }

    @Test
    void anOutcomeOfAUnitOutsideExperimentsIsOutsideForThirtyDaysAndThenTheUnitIsForgotten() {
        scene.predictOutside(7, NOON);
        scene.happen(7, "e", 1, LATER, LATER);
        scene.mark(LATER.plus(Duration.ofHours(24)));
        assertEquals(1, scene.outcomes(OutcomeClass.OUTSIDE));
        scene.mark(NOON.plus(Duration.ofDays(30)).minusNanos(1));
        assertTrue(scene.state().units().get(Unit.key(7)) != null);
        scene.mark(NOON.plus(Duration.ofDays(30)));
        assertEquals(null, scene.state().units().get(Unit.key(7)));
    }

    @Test
    void aPredictionAfterSettlementIsALateExposureOfItsUnitsArm() {
        scene.predict(7, "champion", NOON);
        scene.mark(CLOSING);
        scene.predict(7, "challenger", CLOSING);
        scene.predict(7, "champion", CLOSING.plusSeconds(1));
        scene.mark(CLOSING.plusSeconds(2));
        KpiMessage.Arm arm = scene.arm("champion").orElseThrow();
        assertTrue(arm.closed());
        assertEquals(new ArmCounts(1, 0, 0, 0, 2, 0, 7), arm.counts());
        assertTrue(scene.arm("challenger").isEmpty());
    }

    @Test
    void aFirstExposureAgainstItsRoutersPromiseIsNotCountedIntoAClosedCohort() {
        scene.predict(1, "champion", NOON);
        scene.mark(CLOSING);
        scene.predict(7, "champion", NOON);
        scene.happen(7, "e", 1, LATER, LATER);
        scene.mark(CLOSING.plus(Duration.ofDays(2)));
        KpiMessage.Arm arm = scene.arm("champion").orElseThrow();
        assertEquals(new ArmCounts(1, 0, 0, 0, 1, 0, 1), arm.counts());
        assertEquals(1, scene.messages(KpiMessage.Cell.class).size());
        assertEquals(1, scene.outcomes(OutcomeClass.OUTSIDE));
    }

    @Test
    void anOutcomeAgainstItsIngestsPromiseCountsWhileItsCellIsOpenAndIsLateAfterwards() {
        scene.predict(1, "champion", NOON);
        scene.predict(2, "champion", NOON);
        scene.mark(CLOSING.minusNanos(1));
        scene.happen(1, "a", 1, LATER, LATER);
        scene.mark(CLOSING);
        scene.happen(2, "b", 1, LATER, LATER);
        scene.mark(CLOSING.plus(Duration.ofDays(1)));
        assertEquals(
                BigInteger.valueOf(1_000_000),
                scene.cell("champion").orElseThrow().moments().y());
        assertEquals(1, scene.outcomes(OutcomeClass.COUNTED));
        assertEquals(1, scene.outcomes(OutcomeClass.LATE));
    }

    @Test
    void aRepeatedSequenceIsDroppedAndANewBootStartsAfresh() {
        var prediction = Scene.prediction(7, "unit-7", "better", "champion", NOON, 5);
        scene.accept(prediction);
        scene.accept(prediction);
        scene.mark(NOON);
        assertEquals(1, scene.snapshot().totals().predictions());
        assertEquals(1, scene.snapshot().totals().repeatedPredictions());
    }

    @Test
    void aSecondUnitWithTheSameHashIsRefused() {
        scene.accept(Scene.prediction(7, "unit-7", "better", "champion", NOON, 1));
        Emissions refused = scene.accept(Scene.prediction(7, "another", "better", "challenger", NOON, 2));
        assertTrue(refused.deadLetters().getFirst().reason().contains("'another'"));
        scene.mark(CLOSING);
        assertEquals(1, scene.snapshot().totals().refused());
        assertTrue(scene.arm("challenger").isEmpty());
    }

    @Test
    void aMisplacedRecordIsRefused() {
        var definitions = new Definitions(Duration.ZERO);
        definitions.accept(Scene.definition());
        var attribution = new Attribution(1, 4, new MemoryState(), definitions, 2000);
        Emissions refused = attribution.accept(Scene.prediction(7, "unit-7", "better", "champion", NOON, 1), 3);
        assertEquals(
                "it belongs to partition 3 of 4 and stands in 1",
                refused.deadLetters().getFirst().reason());
        assertEquals(3, refused.deadLetters().getFirst().offset());
    }

    @Test
    void aMissingDefinitionStopsTheAttribution() {
        var attribution = new Attribution(0, 1, new MemoryState(), new Definitions(Duration.ofMillis(1)), 2000);
        var e = assertThrows(
                IllegalStateException.class,
                () -> attribution.accept(Scene.prediction(7, "unit-7", "better", "champion", NOON, 1), 0));
        assertTrue(e.getMessage().contains("definition/better/1"), e.getMessage());
    }

    @Test
    void aSumBeyondTheBoundIsCutAndNothingOverflows() {
        scene.predict(7, "champion", NOON);
        for (int i = 0; i < 3; i++) {
            scene.happen(7, "e" + i, 1e9, LATER, LATER);
        }
        scene.mark(CLOSING);
        assertEquals(
                Moments.ofUnit(7, Moments.BOUND),
                scene.cell("champion").orElseThrow().moments());
    }

    @Test
    void aTimeThatCannotBeReckonedWithIsRefused() {
        Emissions refused = scene.happen(7, "e", 1, NOON, Instant.parse("2100-01-01T00:00:00Z"));
        assertTrue(refused.deadLetters().getFirst().reason().startsWith("'received_at': "));
        refused = scene.happen(7, "e", 1, NOON.plusSeconds(6), NOON);
        assertTrue(refused.deadLetters().getFirst().reason().startsWith("'time': "));
    }

    @Test
    @DisplayName("S2: an arm's exposures are complete when the horizon passes the cohort's end, whatever the windows")
    void exposuresAreCompleteAtTheCohortsEnd() {
        scene.predict(1, "champion", Scene.NOON);
        scene.predict(1, "challenger", Scene.NOON.plus(Duration.ofHours(14)));
        scene.mark(Scene.FIRST_DAY.plus(Duration.ofDays(1)));
        KpiMessage.Arm first = scene.arm("champion").orElseThrow();
        assertTrue(first.complete());
        assertFalse(first.closed());
        assertEquals(new ExposureCounts(1, 0, 0, 0, 0, 1), first.exposures());
        scene.mark(Scene.FIRST_DAY.plus(Duration.ofDays(2)));
        KpiMessage.Arm second =
                scene.arm("champion", Scene.FIRST_DAY.plus(Duration.ofDays(1))).orElseThrow();
        assertTrue(second.complete());
        assertEquals(new ExposureCounts(0, 1, 0, 0, 0, 0), second.exposures(), "crossed in the cohort of the crossing");
    }

    @Test
    @DisplayName("S14: an outcome that came too late counts with the exposures of the day of its receipt")
    void aLateOutcomeCountsWhenItIsReceived() {
        scene.predict(1, "champion", Scene.NOON);
        scene.mark(Scene.NOON.plusSeconds(1));
        scene.happen(1, "e", 1, Scene.NOON.plus(Duration.ofHours(3)), Scene.NOON.plus(Duration.ofHours(25)));
        scene.happen(1, "e", 1, Scene.NOON.plus(Duration.ofHours(3)), Scene.NOON.plus(Duration.ofHours(26)));
        scene.mark(Scene.FIRST_DAY.plus(Duration.ofDays(2)));
        KpiMessage.Arm second =
                scene.arm("champion", Scene.FIRST_DAY.plus(Duration.ofDays(1))).orElseThrow();
        assertTrue(second.complete());
        assertEquals(new ExposureCounts(0, 0, 0, 0, 1, 0), second.exposures(), "its copy is none");
    }

    @Test
    @DisplayName("S14: a prediction against its router's promise changes no complete cohort, and is late today")
    void aBrokenPromiseIsLateAsOfTheHorizon() {
        scene.predict(1, "champion", Scene.NOON);
        Instant today = Scene.FIRST_DAY.plus(Duration.ofDays(1));
        scene.mark(today.plusSeconds(60));
        ExposureCounts complete = scene.arm("champion").orElseThrow().exposures();
        scene.predict(2, "champion", Scene.NOON);
        scene.predict(1, "challenger", Scene.NOON.plusSeconds(1));
        scene.mark(Scene.CLOSING);
        assertEquals(complete, scene.arm("champion").orElseThrow().exposures());
        assertEquals(
                new ExposureCounts(0, 0, 0, 2, 0, 0),
                scene.arm("champion", today).orElseThrow().exposures());
    }

    @Test
    @DisplayName("B11: what is kept for an experiment's life leaves the store when the experiment is over")
    void whatIsOverLeavesTheStore() {
        scene.predict(1, "champion", Scene.NOON);
        scene.predict(2, "challenger", Scene.NOON);
        scene.mark(Scene.CLOSING);
        assertEquals(2, rows(scene.state().units()));
        Instant over = Scene.CLOSING.plus(Duration.ofDays(90));
        scene.end(over);
        scene.mark(over.plus(Duration.ofHours(23)));
        int sums = rows(scene.state().sums());
        scene.predict(1, "champion", over.plus(Duration.ofHours(23)));
        assertEquals(
                1,
                scene.mark(over.plus(Duration.ofHours(23)).plusSeconds(1)).messages().stream()
                        .filter(m ->
                                m instanceof KpiMessage.Arm arm && arm.counts().lateExposures() == 1)
                        .count(),
                "late until a day after the end");

        scene.mark(over.plus(Duration.ofDays(2)));
        scene.mark(over.plus(Duration.ofDays(40)));
        assertEquals(0, rows(scene.state().units()), "without an event of theirs");
        assertTrue(rows(scene.state().sums()) < sums);
        Emissions later = scene.predict(1, "champion", over.plus(Duration.ofDays(41)));
        scene.mark(over.plus(Duration.ofDays(42)));
        assertEquals(List.of(), later.messages());
        assertEquals(1, scene.snapshot().totals().predictions() - 3, "it is a prediction outside experiments");
        assertTrue(scene.arm("champion", Scene.FIRST_DAY).orElseThrow().closed());
    }

    private static int rows(AttributionState.Table table) {
        return table.range(new byte[0], new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff}, Integer.MAX_VALUE)
                .size();
    }
}
