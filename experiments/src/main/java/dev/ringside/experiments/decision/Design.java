package dev.ringside.experiments.decision;

import static dev.ringside.contract.InvalidInput.require;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.contract.moments.Moments;
import java.time.Duration;
import java.util.List;

/** The rules by which an experiment is decided, frozen at its start, so that nothing seen later can bend them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "randomised")
@JsonSubTypes(@JsonSubTypes.Type(value = Design.Unit.class, name = "unit"))
public sealed interface Design {
    /** All KPIs, the order as registered. */
    List<KpiPlan> kpis();

    /** Which arms are compared. */
    Contrast contrast();

    /** Of the planned information before the first promotion look. */
    double MINIMUM_FRACTION = 0.25;

    /** What a stratum must have before a normal approximation speaks of it. */
    MinimumCounts MINIMUM_COUNTS = new MinimumCounts(100, 25, 25);

    /** How long units are enrolled. */
    Duration maxDuration();

    /**
     * Units are randomised one by one.
     *
     * @param scope what a promotion is decided about
     * @param regions how many regions are registered, started or not
     * @param attempt 1 for the first start of this pair of versions, 2 for the next: each halves α
     * @param maxDuration how long units are enrolled
     * @param contrast which arms are compared
     * @param promotionAlpha of a promotion, one-sided: .025 ÷ 2^(attempt − 1) of a whole wave, its share of the regions
     *     where some are decided apart from their wave or each by itself ({@link Multiplicity}). Every KPI that decides is
     *     tested at it, undivided, as all must be proven
     * @param harmAlpha of each harm test of one region, one-sided: .025 ÷ (regions × (1 + guardrails) × 2^(attempt − 1)),
     *     as one suffices
     * @param displayAlpha of the two-sided sequences that are shown: .05 ÷ regions
     * @param minimumFraction of the planned information before the first promotion look
     * @param minimumCounts of a stratum before a normal approximation speaks of it
     * @param kpis all of them, the order as registered
     */
    record Unit(
            DecisionScope scope,
            int regions,
            int attempt,
            Duration maxDuration,
            Contrast contrast,
            double promotionAlpha,
            double harmAlpha,
            double displayAlpha,
            double minimumFraction,
            MinimumCounts minimumCounts,
            List<KpiPlan> kpis)
            implements Design {
        /** Checks that there is one primary KPI and that names differ. */
        public Unit {
            require(regions >= 1, "regions", "expected 1 or more, found " + regions);
            require(attempt >= 1, "attempt", "expected 1 or more, found " + attempt);
            require(maxDuration.isPositive(), "max_duration", "expected more than 0, found " + maxDuration);
            kpis = List.copyOf(kpis);
            long primaries = kpis.stream()
                    .filter(kpi -> kpi.definition().role() == Role.PRIMARY)
                    .count();
            require(primaries == 1, "kpis", "expected exactly one primary, found " + primaries);
            long names = kpis.stream().map(KpiPlan::name).distinct().count();
            require(names == kpis.size(), "kpis", "expected names that differ, found " + names + " in " + kpis.size());
        }
    }

    /**
     * What a stratum must have before a normal approximation speaks of it: a promotion look, the means' part of a harm
     * test. The counts' part of a harm test asks for nothing.
     *
     * @param units closed units of each arm
     * @param events units of both arms together whose value is not zero
     * @param nonEvents units of both arms together whose value is zero; asked of proportions only
     */
    record MinimumCounts(long units, long events, long nonEvents) {
        /** Whether two arms' units have it. */
        public boolean met(KpiDefinition.Kind kind, Moments control, Moments challenger) {
            long found = control.events() + challenger.events();
            return control.units() >= units
                    && challenger.units() >= units
                    && found >= events
                    && (kind != KpiDefinition.Kind.PROPORTION
                            || control.units() + challenger.units() - found >= nonEvents);
        }
    }

    /**
     * The design of an experiment with these KPIs.
     *
     * @param multiplicity how its α is shared out
     */
    static Design of(
            List<KpiDefinition> kpis,
            Multiplicity multiplicity,
            Duration maxDuration,
            String control,
            String challenger) {
        int guardrails =
                (int) kpis.stream().filter(kpi -> kpi.role() == Role.GUARDRAIL).count();
        double promotion = multiplicity.promotionAlpha();
        return new Unit(
                multiplicity.scope(),
                multiplicity.regions(),
                multiplicity.attempt(),
                maxDuration,
                new Contrast(challenger, control),
                promotion,
                multiplicity.harmAlpha(guardrails),
                multiplicity.displayAlpha(),
                MINIMUM_FRACTION,
                MINIMUM_COUNTS,
                kpis.stream()
                        .map(kpi -> KpiPlan.of(kpi, promotion, 1 + guardrails))
                        .toList());
    }
}
