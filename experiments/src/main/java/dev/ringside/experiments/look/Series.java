package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Multiplicity;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.experiment.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Looks at the same units for the same question, one after the other.
 *
 * @param document of the experiment
 * @param question what is asked
 * @param scope whose units are summed
 * @param members a comparison of each region in the scope, in the order of the document; those that ended stay, else what
 *     is left would be selected by what was seen
 * @param kpis as registered for their first epoch
 */
record Series(
        ExperimentDocument document,
        Question question,
        Scope scope,
        List<Comparison> members,
        List<KpiDefinition> kpis) {
    Series {
        members = List.copyOf(members);
        kpis = List.copyOf(kpis);
    }

    /**
     * What tells a series from all others.
     *
     * @param place the region, or {@code wave 2}
     */
    record Key(String experiment, Question question, String place, int firstEpoch, Instant startedAt) {}

    /**
     * The series that go on: of each region that runs, is paused or holds back, and of what they are promoted by.
     *
     * @param definitions the KPIs of an epoch by its number
     */
    static List<Series> open(Experiment experiment, IntFunction<List<KpiDefinition>> definitions) {
        var open = new ArrayList<Series>();
        for (Region region : experiment.regions()) {
            switch (region) {
                case Region.Running running -> {
                    Comparison now = Comparison.last(running);
                    open.add(region(experiment.document(), Question.WATCH, now, definitions));
                    Series promotion = promotion(experiment, now, definitions);
                    if (!open.contains(promotion)) {
                        open.add(promotion);
                    }
                }
                case Region.Paused paused ->
                    open.add(region(experiment.document(), Question.WATCH, Comparison.last(paused), definitions));
                case EndedRegion.Promoted promoted -> {
                    Holdback holdback = promoted.holdback();
                    if (holdback != null && promoted.watchesHoldback()) {
                        open.add(holdback(experiment.document(), promoted, holdback, definitions));
                    }
                }
                case Region.Waiting _ -> {}
                case EndedRegion.RolledBack _ -> {}
                case EndedRegion.Inconclusive _ -> {}
                case EndedRegion.Stopped _ -> {}
            }
        }
        return open;
    }

    /** What a comparison of a region is promoted by: its own looks, or those of the wave that began with it. */
    static Series promotion(Experiment experiment, Comparison of, IntFunction<List<KpiDefinition>> definitions) {
        ExperimentDocument document = experiment.document();
        return switch (document.scope()) {
            case REGION -> region(document, Question.PROMOTION, of, definitions);
            case WAVE -> {
                List<Comparison> members = experiment.regions().stream()
                        .flatMap(region -> Comparison.all(region).stream())
                        .filter(of::beganWith)
                        .toList();
                var scope = new Scope.Wave(
                        of.wave() + 1, members.stream().map(Comparison::segment).toList());
                yield new Series(document, Question.PROMOTION, scope, members, definitions.apply(of.firstEpoch()));
            }
        };
    }

    /** Looks at one region. */
    static Series region(
            ExperimentDocument document,
            Question question,
            Comparison of,
            IntFunction<List<KpiDefinition>> definitions) {
        return new Series(
                document, question, new Scope.Region(of.segment()), List.of(of), definitions.apply(of.firstEpoch()));
    }

    /** Looks at those held back behind a promotion. */
    static Series holdback(
            ExperimentDocument document,
            Region promoted,
            Holdback holdback,
            IntFunction<List<KpiDefinition>> definitions) {
        var of = new Comparison(promoted.segment(), promoted.wave(), List.of(holdback.epoch()), null);
        return new Series(
                document,
                Question.HOLDBACK,
                new Scope.Holdback(promoted.segment()),
                List.of(of),
                definitions.apply(of.firstEpoch()));
    }

    Key key() {
        return new Key(document.name(), question, scope.text(), first().firstEpoch(), startedAt());
    }

    /** The name under which its units are counted: those of a holdback have one of their own. */
    String countedAs() {
        return switch (question) {
            case WATCH, PROMOTION -> document.name();
            case HOLDBACK -> Holdback.countedAs(document.name());
        };
    }

    /** The comparison that began first. */
    Comparison first() {
        return members.getFirst();
    }

    /** When it began, event time. */
    Instant startedAt() {
        return first().startedAt();
    }

    /** The KPI whose weeks are waited for. */
    KpiDefinition primary() {
        return kpis.stream()
                .filter(kpi -> kpi.role() == KpiDefinition.Role.PRIMARY)
                .findFirst()
                .orElseThrow();
    }

    /** The KPIs that decide: all but monitors. */
    List<KpiDefinition> deciding() {
        return kpis.stream()
                .filter(kpi -> kpi.role() != KpiDefinition.Role.MONITOR)
                .toList();
    }

    /** The rules that it is decided by. */
    Design design() {
        return Design.of(
                kpis,
                multiplicity(),
                document.maxDuration(),
                ExperimentDocument.CONTROL,
                first().epochs().getFirst().arms().getLast().variant());
    }

    /** Of the attempt that the latest of its comparisons is, and of a wave's share if one began apart from it. */
    private Multiplicity multiplicity() {
        int attempt = members.stream().mapToInt(Comparison::attempt).max().orElseThrow();
        int regions = (int) document.segments().count();
        boolean apart = members.stream().anyMatch(Comparison::apart);
        return switch (document.scope()) {
            case WAVE ->
                Multiplicity.wave(regions).apart(apart ? members.size() : 0).attempt(attempt);
            case REGION -> Multiplicity.each(regions).attempt(attempt);
        };
    }
}
