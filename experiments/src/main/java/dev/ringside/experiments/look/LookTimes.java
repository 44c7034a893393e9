package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.experiment.RowEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When the looks of a series are made. Nothing waits for what it does not need: harm of a KPI is looked at when a cohort
 * of its own has closed, the gate when a cohort's units are all there, promotion when a week of the primary KPI has closed.
 */
final class LookTimes {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int FIRST_WEEK = 2;

    private final Series series;
    private final Duration maxDuration;

    LookTimes(Series series) {
        this.series = series;
        this.maxDuration = series.document().maxDuration();
    }

    /**
     * The look after another.
     *
     * @param after the time of the look before; null for the first
     * @return empty if there is none
     */
    Optional<DueLook> next(@Nullable Instant after) {
        return switch (series.question()) {
            case WATCH, HOLDBACK -> watch(after);
            case PROMOTION -> promotion(after);
        };
    }

    private Optional<DueLook> watch(@Nullable Instant after) {
        Stream<Instant> closings = series.deciding().stream()
                .flatMap(kpi -> epochs((member, epoch) -> closing(kpi, member, epoch, after)));
        return Stream.concat(closings, epochs((member, epoch) -> exposures(member, epoch, after)))
                .min(Comparator.naturalOrder())
                .map(at -> new DueLook(series, at, closes(at), null, false));
    }

    private Stream<Instant> epochs(BiFunction<Comparison, RowEpoch, @Nullable Instant> time) {
        return series.members().stream()
                .flatMap(member ->
                        member.epochs().stream().flatMap(epoch -> Stream.ofNullable(time.apply(member, epoch))));
    }

    /** When the next cohort of a KPI closes that counts in an epoch. */
    private @Nullable Instant closing(KpiDefinition kpi, Comparison member, RowEpoch epoch, @Nullable Instant after) {
        var counted = new CountedCohorts(kpi, member, maxDuration);
        Instant cohort = counted.first();
        if (after != null) {
            Instant next = EpochDefinition.floor(after.minus(kpi.window()).minus(kpi.grace()), kpi.cohort());
            cohort = next.isAfter(cohort) ? next : cohort;
        }
        return cohort.isAfter(counted.last(epoch)) ? null : EpochDefinition.closes(kpi, cohort);
    }

    /** When the next cohort's units are all there, as long as there may be something to gate. */
    private @Nullable Instant exposures(Comparison member, RowEpoch epoch, @Nullable Instant after) {
        Duration length = armCohort();
        Instant opened = EpochDefinition.floor(member.startedAt(), length);
        Instant cohort = after == null ? opened : EpochDefinition.floor(after, length);
        Instant end = (cohort.isBefore(opened) ? opened : cohort).plus(length);
        Instant closedAt = member.closedAt(epoch);
        Instant until = closedAt == null ? lastClosing() : closedAt.plus(length);
        return end.isBefore(until) ? end : null;
    }

    /** The length of the cohorts by which arms are counted: the shortest of the KPIs'. */
    private Duration armCohort() {
        return series.kpis().stream()
                .map(KpiDefinition::cohort)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private @Nullable Instant closes(Instant at) {
        KpiDefinition primary = series.primary();
        Instant cohort = at.minus(primary.grace()).minus(primary.window()).minus(primary.cohort());
        boolean counts = cohort.equals(EpochDefinition.floor(cohort, primary.cohort()))
                && series.members().stream().anyMatch(member -> {
                    var counted = new CountedCohorts(primary, member, maxDuration);
                    return !cohort.isBefore(counted.first())
                            && member.epochs().stream().anyMatch(epoch -> !cohort.isAfter(counted.last(epoch)));
                });
        return counts ? cohort : null;
    }

    private Optional<DueLook> promotion(@Nullable Instant after) {
        KpiDefinition primary = series.primary();
        Instant end = lastClosing();
        Instant lastCohort = planned(primary);
        for (int week = FIRST_WEEK; ; week++) {
            Instant cohort = completing(week);
            Instant at = EpochDefinition.closes(primary, cohort);
            if (cohort.isAfter(lastCohort) || !at.isBefore(end)) {
                boolean completes = cohort.equals(lastCohort);
                return after == null || end.isAfter(after)
                        ? Optional.of(new DueLook(series, end, lastCohort, completes ? week : null, true))
                        : Optional.empty();
            }
            if (after == null || at.isAfter(after)) {
                return Optional.of(new DueLook(series, at, cohort, week, false));
            }
        }
    }

    /** The start of the primary's cohort within which, or at whose end, a week since the start is complete. */
    private Instant completing(int week) {
        Duration length = series.primary().cohort();
        Instant complete = series.startedAt().plus(WEEK.multipliedBy(week));
        return EpochDefinition.floor(complete.minusMillis(1), length);
    }

    private Instant planned(KpiDefinition kpi) {
        return epochs((member, epoch) -> new CountedCohorts(kpi, member, maxDuration).planned(epoch))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** When the first cohort closes that counts, whichever KPI's; empty if none does any more. */
    Optional<Instant> firstClosing() {
        return series.deciding().stream()
                .flatMap(kpi -> epochs((member, epoch) -> closing(kpi, member, epoch, null)))
                .min(Comparator.naturalOrder());
    }

    /** When the last cohort closes that counts if nothing comes in between, whichever KPI's. */
    Instant lastClosing() {
        return series.deciding().stream()
                .map(kpi -> EpochDefinition.closes(kpi, planned(kpi)))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
