package dev.ringside.experiments.decision;

import static dev.ringside.experiments.decision.RegionLog.guardrail;
import static dev.ringside.experiments.decision.RegionLog.kpi;
import static dev.ringside.experiments.decision.RegionLog.primary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DesignTest {
    private static Design.Unit design(Multiplicity multiplicity) {
        return (Design.Unit) Design.of(
                List.of(
                        primary(0.02),
                        guardrail(Direction.DOWN, 0.01),
                        kpi("refunds", Kind.MEAN, Direction.DOWN, Role.GUARDRAIL, Missing.ZERO, null, 0.1, null),
                        kpi("late", Kind.PROPORTION, Direction.DOWN, Role.MONITOR, Missing.ZERO, null, null, null)),
                multiplicity,
                Duration.ofDays(28),
                "champion",
                "challenger");
    }

    @Test
    void oneRegionHasTheTextbookInformation() {
        var design = (Design.Unit) RegionLog.design(1, primary(0.02));
        // (1.959964 + 0.841621)² / 0.02²
        assertEquals(19_622.2, design.kpis().getFirst().informationMax(), 0.1);
        assertEquals(1_962.22, design.kpis().getFirst().informationStar(), 0.01);
        assertEquals(0.025, design.promotionAlpha());
        assertEquals(0.025, design.harmAlpha());
        assertEquals(0.05, design.displayAlpha());
    }

    @Test
    void regionsShareEveryAlphaAndGuardrailsThatOfHarmOnly() {
        Design.Unit design = design(Multiplicity.each(5));
        assertEquals(0.005, design.promotionAlpha(), 1e-18);
        assertEquals(0.025 / 15, design.harmAlpha(), 1e-18);
        assertEquals(0.01, design.displayAlpha(), 1e-18);
        // α .005; a third of the .2 that may be missed for each of the three that must be proven: z .933.
        assertEquals(
                StrictMath.pow((2.575829304 + 1.501085946) / 0.02, 2),
                design.kpis().get(0).informationMax(),
                1e-2);
        assertEquals(
                StrictMath.pow((2.575829304 + 1.501085946) / 0.1, 2),
                design.kpis().get(2).informationMax(),
                1e-3);
        assertNull(design.kpis().get(3).informationMax());
    }

    @Test
    void waveIsPromotedAtTheWholeAlphaAndEachRegionRolledBackAtItsShare() {
        Design.Unit design = design(Multiplicity.wave(5));
        assertEquals(0.025, design.promotionAlpha());
        assertEquals(0.025 / 15, design.harmAlpha(), 1e-18);
    }

    /** S12: attempt k has α / 2^(k − 1), so that all together have less than 2 α. */
    @Test
    void eachAttemptHasHalfTheAlphaOfTheOneBefore() {
        double total = 0;
        for (int attempt = 1; attempt <= 20; attempt++) {
            Design.Unit design = design(Multiplicity.wave(2).attempt(attempt));
            assertEquals(0.025 / StrictMath.pow(2, attempt - 1), design.promotionAlpha());
            assertEquals(0.025 / StrictMath.pow(2, attempt - 1) / 6, design.harmAlpha(), 1e-18);
            total += design.promotionAlpha();
        }
        assertEquals(0.05, total, 1e-6);
    }

    /** A region that is decided by itself had the whole α of its wave. */
    @Test
    void regionsThatBeganApartFromTheirWaveHaveTheirShareOfItsAlphaAndPlanForIt() {
        Design.Unit design = design(Multiplicity.wave(5).apart(2));
        assertEquals(0.01, design.promotionAlpha(), 1e-18);
        assertEquals(0.025 / 15, design.harmAlpha(), 1e-18);
        assertEquals(
                design(Multiplicity.wave(5).apart(1)).kpis(),
                design(Multiplicity.each(5)).kpis());
        assertEquals(0.0025, design(Multiplicity.wave(5).apart(1).attempt(2)).promotionAlpha(), 1e-18);
    }

    @Test
    void onePrimaryKpiAndTwoVariantsAreNeeded() {
        assertThrows(InvalidInput.class, () -> RegionLog.design(1, guardrail(Direction.UP, 0.1)));
        assertThrows(InvalidInput.class, () -> RegionLog.design(1, primary(0.1), primary(0.2)));
        assertThrows(InvalidInput.class, () -> RegionLog.design(0, primary(0.1)));
        assertThrows(InvalidInput.class, () -> Multiplicity.wave(2).apart(3));
        assertThrows(InvalidInput.class, () -> Multiplicity.each(2).apart(1));
        assertThrows(InvalidInput.class, () -> Multiplicity.wave(1).attempt(0));
        assertThrows(InvalidInput.class, () -> new Contrast("champion", "champion"));
    }

    @Test
    void designIsReadBackAsItWasWritten() {
        Design design = design(Multiplicity.wave(3).attempt(2));
        assertEquals(design, Json.read(Json.write(design), Design.class));
    }
}
