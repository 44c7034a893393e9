package dev.ringside.experiments.view;

import dev.ringside.experiments.decision.KpiResult;
import dev.ringside.experiments.look.Look;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look knew of the primary KPI: all closed cohorts up to one.
 *
 * @param at when the cohort closed
 * @param cohort its start
 * @param difference challenger less champion
 * @param units closed units that count for the KPI
 * @param verdict of the look
 */
public record SeriesPoint(
        Instant at,
        @Nullable Instant cohort,
        @Nullable Double difference,
        @Nullable Double lower,
        @Nullable Double upper,
        Units units,
        String verdict,
        String lookId) {
    /** Units by arm. */
    public record Units(long champion, long challenger) {}

    /** The point of a look. */
    public static SeriesPoint of(Look look, String primary) {
        KpiResult result = look.record().decision().kpis().stream()
                .filter(kpi -> kpi.kpi().equals(primary))
                .findFirst()
                .orElse(look.record().decision().kpis().getFirst());
        KpiResult.Interval interval = result.interval();
        List<KpiResult.ArmMean> arms = result.arms();
        return new SeriesPoint(
                look.at(),
                look.cohort(),
                result.shown(),
                interval == null ? null : interval.lower(),
                interval == null ? null : interval.upper(),
                new Units(arms.getFirst().units(), arms.getLast().units()),
                look.verdict(),
                look.id());
    }
}
