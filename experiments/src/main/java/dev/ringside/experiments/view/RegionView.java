package dev.ringside.experiments.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A region of an experiment. Numbers of KPIs are of closed cohorts only, those that the last look was made from.
 *
 * @param wave 1 for the first
 * @param state {@code waiting, running, paused, promoted, rolled_back, inconclusive, stopped}, or {@code superseded}
 *     where the champion was changed since against what came of it
 * @param epoch that units enter, or entered last
 * @param startedAt when the present comparison began
 * @param endedAt when it ended, or was paused, event time
 * @param verdict of the last look; {@code not_started}; {@code blocked} also while looks cannot be made
 * @param verdictText the verdict in one sentence
 * @param reasons more of why, and what is being waited for
 * @param decidedAt the closing that decided; where a person decided, when they did
 * @param overrun units exposed whose cohort had not closed at the last look; they never change a verdict
 * @param closedThrough the end of the last cohort that was looked at
 * @param promotionAlpha with which probability its promotion may err at most; each further attempt has half of it
 * @param waitsFor what must come in before more can be said; empty where nothing is awaited
 * @param standing what is proven, what serves, and what can be done; its fields stand beside the others
 * @param nextLookAt when the next cohort closes; null if there is no next look
 */
public record RegionView(
        String segment,
        int wave,
        String state,
        @Nullable Integer epoch,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String verdict,
        String verdictText,
        List<String> reasons,
        @Nullable Instant decidedAt,
        List<ArmView> arms,
        List<KpiView> kpis,
        @Nullable SampleRatioView srm,
        @Nullable Long overrun,
        @Nullable Instant closedThrough,
        @Nullable Instant nextLookAt,
        @Nullable String evidenceDigest,
        @Nullable String recordDigest,
        @Nullable String lookId,
        @Nullable Double promotionAlpha,
        List<Wait> waitsFor,
        @JsonUnwrapped StandingView standing) {

    /**
     * What is waited for.
     *
     * @param what in words, with the counts so far
     * @param until when it can be there at the earliest, event time; null where that depends on what comes
     */
    public record Wait(String what, @Nullable Instant until) {}

    /**
     * Counts of a KPI up to now, before anything is tested: they say whether data come in, not which arm is better.
     *
     * @param units of closed and open cohorts
     * @param events of those, with a value other than zero
     */
    public record InterimView(String kpi, long units, long events) {}

    /**
     * An arm.
     *
     * @param exposed units in closed and open cohorts
     * @param closedUnits units in the cohorts of the last look
     * @param crossed of those, seen in another arm later
     * @param fellBack of those, answered by the champion in place of the assigned version
     * @param interim counts up to now, open cohorts too; none once the region has ended
     */
    public record ArmView(
            String variant,
            String version,
            long exposed,
            long closedUnits,
            long crossed,
            long fellBack,
            List<ArmKpiView> kpis,
            List<InterimView> interim) {}

    /** A KPI of an arm. */
    public record ArmKpiView(
            String kpi, long units, @Nullable Double mean) {}

    /**
     * A KPI: challenger less champion.
     *
     * @param interval how the interval was made, {@code repeated} or {@code sequence}
     * @param informationFraction of what was planned
     * @param asOf the closing that it speaks of
     */
    public record KpiView(
            String kpi,
            String role,
            @Nullable Double difference,
            @Nullable Double lower,
            @Nullable Double upper,
            @Nullable String interval,
            @Nullable Double informationFraction,
            @Nullable Instant asOf) {}

    /** The sample-ratio test. */
    public record SampleRatioView(double logBayesFactor, boolean alarm) {}
}
