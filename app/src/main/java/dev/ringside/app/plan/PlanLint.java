package dev.ringside.app.plan;

import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Multiplicity;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.plan.Known;
import dev.ringside.experiments.plan.Lint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an experiment's document can find at a given traffic. */
public final class PlanLint {
    private PlanLint() {}

    /**
     * Looks at a plan.
     *
     * @param unitsPerDay new units of a segment in a day, by segment; of those that are not in it nothing is known
     * @param known what is known of KPIs under the champion, by name
     */
    public static Lint of(ExperimentDocument document, Map<String, Double> unitsPerDay, Map<String, Known> known) {
        int regions = Math.toIntExact(document.segments().count());
        Multiplicity multiplicity = switch (document.scope()) {
            case WAVE -> Multiplicity.wave(regions);
            case REGION -> Multiplicity.each(regions);
        };
        ExperimentDocument.Arm control = document.arms().getFirst();
        ExperimentDocument.Arm challenger = document.challenger();
        Design design = Design.of(
                document.kpis(), multiplicity, document.maxDuration(), control.variant(), challenger.variant());
        double share = (double) challenger.weight() / (control.weight() + challenger.weight());
        return switch (design) {
            case Design.Unit unit -> Lint.of(unit, enrolments(document, unitsPerDay, share), known);
        };
    }

    private static List<Lint.Enrolment> enrolments(
            ExperimentDocument document, Map<String, Double> unitsPerDay, double share) {
        double covered = document.coverage().millionths() / 1e6;
        List<Lint.Enrolment> enrolments = new ArrayList<>();
        int number = 0;
        for (List<String> wave : document.waves()) {
            number++;
            switch (document.scope()) {
                case WAVE -> {
                    double units = wave.stream()
                            .mapToDouble(segment -> unitsPerDay.getOrDefault(segment, 0.0))
                            .sum();
                    enrolments.add(new Lint.Enrolment("wave " + number, units * covered, share));
                }
                case REGION ->
                    wave.forEach(segment -> enrolments.add(
                            new Lint.Enrolment(segment, unitsPerDay.getOrDefault(segment, 0.0) * covered, share)));
            }
        }
        return enrolments;
    }
}
