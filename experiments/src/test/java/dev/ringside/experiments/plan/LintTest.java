package dev.ringside.experiments.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Multiplicity;
import dev.ringside.experiments.plan.Lint.Enrolment;
import dev.ringside.experiments.plan.Lint.Outlook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LintTest {
    private static final Duration SIX_WEEKS = Duration.ofDays(42);

    private static KpiDefinition kpi(String... lines) {
        return Json.readYaml(String.join("\n", lines), KpiDefinition.class);
    }

    private static KpiDefinition booked(double minimumEffect) {
        return kpi("name: booked", "kind: proportion", "role: primary", "minimum_effect: " + minimumEffect);
    }

    private static KpiDefinition spent(String more) {
        return kpi("name: spent", "kind: mean", "role: primary", "minimum_effect: 0.25", more);
    }

    private static Lint lint(Duration duration, double unitsPerDay, double share, Known known, KpiDefinition... kpis) {
        Design design = Design.of(List.of(kpis), Multiplicity.wave(1), duration, "champion", "challenger");
        return switch (design) {
            case Design.Unit unit ->
                Lint.of(unit, List.of(new Enrolment("wave 1", unitsPerDay, share)), Map.of(kpis[0].name(), known));
        };
    }

    @Test
    void aPlanWithEnoughTrafficIsForetoldAndNotWarnedOf() {
        // 6,279 units an arm are needed at 20 %: 42 days of 299.
        Lint lint = lint(SIX_WEEKS, 310, 0.5, Known.rate(0.2), booked(0.02));
        assertEquals(List.of(), lint.warnings());
        Outlook outlook = lint.outlooks().getFirst();
        assertEquals("booked", outlook.kpi());
        assertEquals(0.8, outlook.plannedPower(), 1e-12);
        assertEquals(5.787, outlook.forecast().weeksNeeded(), 0.001);
        // The bench finds .7940 of 2,000 so, with the larger variance that an effect brings at this rate.
        assertEquals(0.80, outlook.forecast().power(), 0.015);
        assertTrue(
                outlook.forecast().expectedWeeks() > 3.5 && outlook.forecast().expectedWeeks() < 5, outlook.toString());
    }

    @Test
    void aPlanThatCannotDecideIsToldHowLongItWouldTake() {
        Lint lint = lint(SIX_WEEKS, 31, 0.5, Known.rate(0.2), booked(0.02));
        assertEquals(1, lint.warnings().size());
        assertTrue(
                lint.warnings()
                        .getFirst()
                        .startsWith(
                                "wave 1, booked: in 6.0 weeks 10 % of the planned information comes, so an effect of"
                                        + " 0.02"),
                lint.warnings().toString());
        assertTrue(
                lint.warnings().getFirst().endsWith("it would take 57.9 weeks"),
                lint.warnings().toString());
        assertTrue(lint.outlooks().getFirst().forecast().power() < 0.2);
    }

    @Test
    void aMeanWithoutACapIsWarnedOf() {
        assertEquals(
                List.of(),
                lint(SIX_WEEKS, 1000, 0.5, Known.deviation(9), spent("winsor_cap: 30"))
                        .warnings());
        Lint lint = lint(SIX_WEEKS, 1000, 0.5, Known.deviation(9), spent("values: non_negative"));
        assertTrue(
                lint.warnings().getFirst().startsWith("spent: no winsor_cap"),
                lint.warnings().toString());
    }

    @Test
    void anEffectForWhichAProportionHasNoRoomIsWarnedOf() {
        Lint lint = lint(SIX_WEEKS, 1000, 0.5, Known.rate(0.95), booked(0.1));
        assertTrue(
                lint.warnings().getFirst().startsWith("booked: minimum_effect is 0.1, and the champion is at 0.9500"),
                lint.warnings().toString());
    }

    @Test
    void aSkewThatIsLeftWhenThePlanEndsIsWarnedOf() {
        // Lognormal of σ 1.5: variance 80.53, third central moment 23,842; 4,200 units in the smaller arm.
        var known = new Known(3.08, 80.53, 23_842.0);
        KpiDefinition kpi =
                kpi("name: spent", "kind: mean", "role: primary", "minimum_effect: 0.25", "winsor_cap: 1000");
        assertEquals(List.of(), lint(SIX_WEEKS, 1000, 0.5, known, kpi).warnings());
        Lint uneven = lint(SIX_WEEKS, 1000, 0.1, known, kpi);
        assertTrue(
                uneven.warnings().stream().anyMatch(warning -> warning.contains("still has a skewness of 0.4")),
                uneven.warnings().toString());
    }

    @Test
    void fewerUnitsThanATestAsksForAreWarnedOf() {
        Lint lint = lint(SIX_WEEKS, 3, 0.5, Known.rate(0.2), booked(0.3));
        assertTrue(
                lint.warnings().stream()
                        .anyMatch(warning -> warning.contains("nothing is promoted from fewer than 100")),
                lint.warnings().toString());
    }

    @Test
    void whatIsNotKnownIsNotForetold() {
        Design design =
                Design.of(List.of(booked(0.02)), Multiplicity.each(2), Duration.ofDays(10), "champion", "challenger");
        Lint lint = switch (design) {
            case Design.Unit unit -> Lint.of(unit, List.of(new Enrolment("city", 0, 0.5)), Map.of());
        };
        assertEquals(List.of(), lint.outlooks());
        assertEquals(1, lint.warnings().size());
        assertTrue(lint.warnings().getFirst().startsWith("max_duration: less than two weeks"));
    }
}
