package dev.ringside.experiments.decision.region1;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import java.time.Duration;
import java.util.List;

/**
 * The rules by which each region of one experiment is decided, frozen at its start, so that nothing seen later can bend
 * them.
 *
 * @param regions how many regions are registered, started or not; they share every α in fixed equal parts
 * @param maxDuration how long a region may run
 * @param control the control's variant
 * @param challenger the variant that may be promoted
 * @param promotionAlpha of one region's promotion, one-sided: .025 / regions. Every KPI that decides is tested at it,
 *     undivided, as all must be proven
 * @param harmAlpha of each harm test of one region, one-sided: .025 / (regions × (1 + guardrails)), as one suffices
 * @param displayAlpha of the two-sided sequences that are shown: .05 / regions
 * @param minimumFraction of the planned information before the first promotion look
 * @param minimumCounts of each arm before any test
 * @param kpis all of them, the order as registered
 */
public record Design(
        int regions,
        Duration maxDuration,
        String control,
        String challenger,
        double promotionAlpha,
        double harmAlpha,
        double displayAlpha,
        double minimumFraction,
        MinimumCounts minimumCounts,
        List<KpiPlan> kpis) {
    private static final double ALPHA = 0.025;

    /** Checks that there is one primary KPI and that names differ. */
    public Design {
        require(regions >= 1, "regions", "expected 1 or more, found " + regions);
        require(maxDuration.isPositive(), "max_duration", "expected more than 0, found " + maxDuration);
        require(!control.equals(challenger), "challenger", "expected another variant than the control " + control);
        kpis = List.copyOf(kpis);
        long primaries = kpis.stream()
                .filter(kpi -> kpi.definition().role() == Role.PRIMARY)
                .count();
        require(primaries == 1, "kpis", "expected exactly one primary, found " + primaries);
        long names = kpis.stream().map(KpiPlan::name).distinct().count();
        require(names == kpis.size(), "kpis", "expected names that differ, found " + names + " in " + kpis.size());
    }

    /**
     * What each arm must have before a KPI is tested at all, so that the normal approximation holds.
     *
     * @param units closed units
     * @param events units whose value is not zero
     * @param nonEvents units whose value is zero; asked of proportions only, as a mean may have none
     */
    public record MinimumCounts(long units, long events, long nonEvents) {}

    /** The design of an experiment with these KPIs in so many regions. */
    public static Design of(
            List<KpiDefinition> kpis, int regions, Duration maxDuration, String control, String challenger) {
        require(regions >= 1, "regions", "expected 1 or more, found " + regions);
        int guardrails =
                (int) kpis.stream().filter(kpi -> kpi.role() == Role.GUARDRAIL).count();
        double alpha = ALPHA / regions;
        return new Design(
                regions,
                maxDuration,
                control,
                challenger,
                alpha,
                ALPHA / (regions * (1.0 + guardrails)),
                2 * ALPHA / regions,
                0.25,
                new MinimumCounts(100, 25, 25),
                kpis.stream().map(kpi -> KpiPlan.of(kpi, alpha, 1 + guardrails)).toList());
    }
}
