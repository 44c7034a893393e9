package dev.ringside.experiments.decision.region1;

import static dev.ringside.experiments.decision.region1.RegionLog.guardrail;
import static dev.ringside.experiments.decision.region1.RegionLog.kpi;
import static dev.ringside.experiments.decision.region1.RegionLog.primary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import org.junit.jupiter.api.Test;

class DesignTest {
    @Test
    void oneRegionHasTheTextbookInformation() {
        Design design = RegionLog.design(1, primary(0.02));
        // (1.959964 + 0.841621)² / 0.02²
        assertEquals(19_622.2, design.kpis().getFirst().informationMax(), 0.1);
        assertEquals(1_962.22, design.kpis().getFirst().informationStar(), 0.01);
        assertEquals(0.025, design.promotionAlpha());
        assertEquals(0.025, design.harmAlpha());
        assertEquals(0.05, design.displayAlpha());
    }

    @Test
    void regionsShareEveryAlphaAndGuardrailsThatOfHarmOnly() {
        Design design = RegionLog.design(
                5,
                primary(0.02),
                guardrail(Direction.DOWN, 0.01),
                kpi("refunds", Kind.MEAN, Direction.DOWN, Role.GUARDRAIL, Missing.ZERO, null, 0.1),
                kpi("late", Kind.PROPORTION, Direction.DOWN, Role.MONITOR, Missing.ZERO, null, null));
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
    void oneSlotForThePrimaryKpiMustBeFilledOnce() {
        assertThrows(InvalidInput.class, () -> RegionLog.design(1, guardrail(Direction.UP, 0.1)));
        assertThrows(InvalidInput.class, () -> RegionLog.design(1, primary(0.1), primary(0.2)));
        assertThrows(InvalidInput.class, () -> RegionLog.design(0, primary(0.1)));
    }

    @Test
    void designIsReadBackAsItWasWritten() {
        Design design = RegionLog.design(3, primary(0.02), guardrail(Direction.DOWN, 0.013));
        assertEquals(design, Json.read(Json.write(design), Design.class));
    }
}
