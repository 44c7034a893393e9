package dev.ringside.experiments.view;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.KpiResult;
import dev.ringside.experiments.decision.Policy;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.look.Awaited;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.view.RegionView.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What must come in before more can be said of a region, and when that can be at the earliest. */
final class RegionWaits {
    private RegionWaits() {}

    static List<Wait> of(Experiment experiment, Region region, Optional<Look> look, Awaited awaited) {
        if (!(region instanceof Region.Running running)) {
            return List.of();
        }
        Instant next = awaited.look();
        if (look.isEmpty()) {
            return beforeTheFirst(awaited);
        }
        KpiDefinition primary = experiment.document().primary();
        List<String> variants =
                running.current().arms().stream().map(arm -> arm.variant()).toList();
        List<Wait> waits =
                new ArrayList<>(counts(primary, variants, look.get().record().evidence(), next));
        Double fraction = fraction(look.get(), primary);
        if (fraction != null && fraction < Design.MINIMUM_FRACTION) {
            waits.add(new Wait(
                    String.format(
                            Locale.ROOT,
                            "%.0f %% of the planned information, %.0f %% so far",
                            100 * Design.MINIMUM_FRACTION,
                            100 * fraction),
                    null));
        }
        waits.addAll(promotion(awaited, "next"));
        return List.copyOf(waits);
    }

    /** What the first look can see, when outcomes can be seen, and when a promotion can come at the earliest. */
    private static List<Wait> beforeTheFirst(Awaited awaited) {
        List<Wait> waits = new ArrayList<>();
        Instant look = awaited.look();
        Instant closing = awaited.firstClosing();
        if (look != null && closing != null && look.isBefore(closing)) {
            waits.add(new Wait(
                    "the first look, at how units were split between the arms alone: no outcome has closed by then",
                    look));
        }
        if (closing != null) {
            waits.add(new Wait(
                    "the first closing of a cohort, when a KPI's window and grace have passed after it ended: from"
                            + " then on harm is looked at",
                    closing));
        }
        waits.addAll(promotion(awaited, "first"));
        return List.copyOf(waits);
    }

    private static List<Wait> promotion(Awaited awaited, String which) {
        Instant at = awaited.promotion();
        return at == null
                ? List.of()
                : List.of(new Wait(
                        awaited.lastPromotion()
                                ? "the last look for promotion"
                                : "the " + which + " look for promotion, weekly from the end of week "
                                        + Policy.FIRST_WEEK + " on",
                        at));
    }

    /** Which of the counts is short that a comparison of means needs. */
    private static List<Wait> counts(
            KpiDefinition primary, List<String> variants, Evidence evidence, @Nullable Instant next) {
        Design.MinimumCounts least = Design.MINIMUM_COUNTS;
        List<Moments> arms = variants.stream()
                .map(variant -> closed(evidence, variant, primary.name()))
                .toList();
        List<Wait> waits = new ArrayList<>();
        if (arms.stream().anyMatch(arm -> arm.units() < least.units())) {
            String found = IntStream.range(0, arms.size())
                    .mapToObj(i -> variants.get(i) + " " + arms.get(i).units())
                    .collect(Collectors.joining(", "));
            waits.add(new Wait(least.units() + " closed units in each arm (" + found + ")", next));
        }
        long events = arms.stream().mapToLong(Moments::events).sum();
        long units = arms.stream().mapToLong(Moments::units).sum();
        if (events < least.events()) {
            waits.add(new Wait(
                    least.events() + " units over both arms whose " + primary.name() + " is not zero (" + events + ")",
                    next));
        }
        if (primary.kind() == KpiDefinition.Kind.PROPORTION && units - events < least.nonEvents()) {
            waits.add(new Wait(
                    least.nonEvents() + " units over both arms without " + primary.name() + " (" + (units - events)
                            + ")",
                    next));
        }
        return waits;
    }

    private static Moments closed(Evidence evidence, String variant, String kpi) {
        return evidence.strata().stream()
                .flatMap(stratum -> stratum.arms().stream())
                .filter(arm -> arm.variant().equals(variant))
                .map(arm -> arm.moments().getOrDefault(kpi, Moments.NONE))
                .reduce(Moments.NONE, Moments::plus);
    }

    private static @Nullable Double fraction(Look look, KpiDefinition primary) {
        return look.record().decision().kpis().stream()
                .filter(result -> result.kpi().equals(primary.name()))
                .map(KpiResult::estimate)
                .filter(estimate -> estimate != null)
                .map(KpiResult.Estimate::fraction)
                .findFirst()
                .orElse(null);
    }
}
