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
    private static Design.Unit design(DecisionScope scope, int regions, int attempt) {
        return (Design.Unit) Design.of(
                List.of(
                        primary(0.02),
                        guardrail(Direction.DOWN, 0.01),
                        kpi("refunds", Kind.MEAN, Direction.DOWN, Role.GUARDRAIL, Missing.ZERO, null, 0.1, null),
                        kpi("late", Kind.PROPORTION, Direction.DOWN, Role.MONITOR, Missing.ZERO, null, null, null)),
                scope,
                regions,
                Duration.ofDays(28),
                "champion",
                "challenger",
                attempt);
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
        Design.Unit design = design(DecisionScope.REGION, 5, 1);
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
        Design.Unit design = design(DecisionScope.WAVE, 5, 1);
        assertEquals(0.025, design.promotionAlpha());
        assertEquals(0.025 / 15, design.harmAlpha(), 1e-18);
    }

    /** S12: attempt k has α / 2^(k − 1), so that all together have less than 2 α. */
    @Test
    void eachAttemptHasHalfTheAlphaOfTheOneBefore() {
        double total = 0;
        for (int attempt = 1; attempt <= 20; attempt++) {
            Design.Unit design = design(DecisionScope.WAVE, 2, attempt);
            assertEquals(0.025 / StrictMath.pow(2, attempt - 1), design.promotionAlpha());
            assertEquals(0.025 / StrictMath.pow(2, attempt - 1) / 6, design.harmAlpha(), 1e-18);
            total += design.promotionAlpha();
        }
        assertEquals(0.05, total, 1e-6);
    }

    @Test
    void onePrimaryKpiAndTwoVariantsAreNeeded() {
        assertThrows(InvalidInput.class, () -> RegionLog.design(1, guardrail(Direction.UP, 0.1)));
        assertThrows(InvalidInput.class, () -> RegionLog.design(1, primary(0.1), primary(0.2)));
        assertThrows(InvalidInput.class, () -> RegionLog.design(0, primary(0.1)));
        assertThrows(InvalidInput.class, () -> design(DecisionScope.WAVE, 1, 0));
        assertThrows(InvalidInput.class, () -> new Contrast("champion", "champion"));
    }

    @Test
    void designIsReadBackAsItWasWritten() {
        Design design = design(DecisionScope.WAVE, 3, 2);
        assertEquals(design, Json.read(Json.write(design), Design.class));
    }
}
