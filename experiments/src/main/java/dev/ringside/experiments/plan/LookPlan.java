package dev.ringside.experiments.plan;

import dev.ringside.experiments.analysis.GroupSequential;
import dev.ringside.experiments.analysis.GroupSequential.Stage;
import dev.ringside.experiments.analysis.Spending;
import java.util.ArrayList;
import java.util.List;

/**
 * A one-sided group-sequential test with the O'Brien–Fleming type spending function, before it begins: at which fractions
 * of the planned information it is looked at, and with which boundaries.
 *
 * @param fractions of the planned information at the looks, growing
 * @param boundaries of the statistic at the looks
 */
public record LookPlan(List<Double> fractions, List<Double> boundaries) {
    /** Copies the lists. */
    public LookPlan {
        fractions = List.copyOf(fractions);
        boundaries = List.copyOf(boundaries);
    }

    /**
     * Plans the looks. At the last one all α that is left is spent, whatever its fraction.
     *
     * @param fractions growing by {@link GroupSequential#LEAST_GROWTH} or more, one at least
     * @param alpha one-sided
     */
    public static LookPlan of(List<Double> fractions, double alpha) {
        if (fractions.isEmpty()) {
            throw new IllegalArgumentException("expected one look or more, found none");
        }
        List<Stage> stages = new ArrayList<>();
        double spent = 0;
        for (int look = 0; look < fractions.size(); look++) {
            double fraction = fractions.get(look);
            boolean last = look == fractions.size() - 1;
            double now = last ? alpha : Spending.spent(alpha, fraction);
            stages.add(new Stage(fraction, GroupSequential.critical(stages, fraction, now - spent)));
            spent = now;
        }
        return new LookPlan(fractions, stages.stream().map(Stage::criticalZ).toList());
    }

    /**
     * The probability of having crossed a boundary by each look.
     *
     * @param drift the mean of the statistic at fraction 1, effect · √information
     */
    public List<Double> power(double drift) {
        List<Stage> earlier = new ArrayList<>();
        List<Double> power = new ArrayList<>();
        for (int look = 0; look < fractions.size(); look++) {
            double fraction = fractions.get(look);
            power.add(GroupSequential.atLeastAsExtreme(earlier, fraction, boundaries.get(look), drift));
            earlier.add(new Stage(fraction, boundaries.get(look)));
        }
        return power;
    }

    /** The mean fraction of the planned information at the stop; a test that never crosses stops at the last look. */
    public double expectedFraction(double drift) {
        List<Double> power = power(drift);
        double mean = fractions.getLast();
        for (int look = 0; look < fractions.size() - 1; look++) {
            mean -= power.get(look) * (fractions.get(look + 1) - fractions.get(look));
        }
        return mean;
    }
}
