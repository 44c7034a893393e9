package dev.ringside.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ringside.benchmarks.scenario.Scenario;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario at one effect, over all its runs.
 *
 * @param name the scenario's
 * @param effect in minimum effects, 0 for none
 * @param runs how many there were
 * @param alpha of all promotions of a run together, and of all its roll-backs, one-sided
 * @param promoted share of runs
 * @param rolledBack share of runs
 * @param inconclusive share of runs that were neither, nor paused
 * @param coverage share of the two-sided intervals shown at a stop that hold the truth; null where there is no truth, or
 *     no interval
 * @param information mean fraction of the planned information at a stop
 * @param shownOverTrue mean of the estimates shown with a promotion (with a roll-back, where the effect is harmful), over
 *     the true difference; null without either
 * @param daysToRollBack mean number of closed days at a roll-back, 1 for the first closing; null without any
 * @param paused share of runs; what the others leave
 * @param rolledBackOnDayOne share of runs rolled back at the first closing
 * @param rolledBackByDayThree share of runs
 * @param stops intervals that coverage is a share of
 * @param promotions which runs were promoted, the first first
 * @param undone how many of those were rolled back because of those held back
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Row(
        String name,
        double effect,
        int runs,
        double alpha,
        double promoted,
        double rolledBack,
        double inconclusive,
        @Nullable Double coverage,
        @Nullable Double information,
        @Nullable Double shownOverTrue,
        @Nullable Double daysToRollBack,
        @JsonIgnore double paused,
        @JsonIgnore double rolledBackOnDayOne,
        @JsonIgnore double rolledBackByDayThree,
        @JsonIgnore int stops,
        @JsonIgnore BitSet promotions,
        @JsonIgnore int undone) {
    /** One-sided, of an experiment's promotions together, and of its roll-backs. */
    static final double ALPHA = 0.025;

    /** Counts runs, in their order, so that sums do not depend on threads. */
    static Row of(Scenario scenario, double effect, Run[] all) {
        List<Run> runs = Arrays.asList(all);
        int n = all.length;
        double truth = scenario.truth(effect);
        int intervals = runs.stream().mapToInt(Run::intervals).sum();
        int estimated = runs.stream().mapToInt(Run::estimated).sum();
        int shown = runs.stream().mapToInt(Run::shown).sum();
        long rolledBack = runs.stream().filter(Run::rolledBack).count();
        return new Row(
                scenario.name(),
                effect,
                n,
                ALPHA,
                runs.stream().filter(Run::promoted).count() / (double) n,
                rolledBack / (double) n,
                runs.stream()
                                .filter(run -> !run.promoted() && !run.rolledBack() && !run.paused())
                                .count()
                        / (double) n,
                ratio(runs.stream().mapToInt(Run::covering).sum(), intervals),
                ratio(runs.stream().mapToDouble(Run::information).sum(), estimated),
                Double.isNaN(truth) || truth == 0
                        ? null
                        : ratio(runs.stream().mapToDouble(Run::shownSum).sum() / truth, shown),
                ratio(runs.stream().mapToInt(Run::rollBackDay).sum(), (int) rolledBack),
                runs.stream().filter(Run::paused).count() / (double) n,
                runs.stream().filter(run -> run.rollBackDay() == 1).count() / (double) n,
                runs.stream()
                                .filter(run -> run.rollBackDay() >= 1 && run.rollBackDay() <= 3)
                                .count()
                        / (double) n,
                intervals,
                promotions(runs),
                (int) runs.stream().filter(Run::undone).count());
    }

    private static BitSet promotions(List<Run> runs) {
        var promoted = new BitSet(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            promoted.set(i, runs.get(i).promoted());
        }
        return promoted;
    }

    private static @Nullable Double ratio(double sum, int of) {
        return of == 0 ? null : sum / of;
    }
}
