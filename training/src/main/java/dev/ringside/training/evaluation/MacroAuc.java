package dev.ringside.training.evaluation;

import dev.ringside.training.distribution.Normal;
import dev.ringside.training.distribution.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plain mean of each class's area under the ROC curve against all others (Hand and Till 2001 call it a macro average).
 * A row adds to every class's area, so its influences are averaged before they are squared.
 */
public final class MacroAuc {
    private final double value;
    private final double variance;
    private final int classes;
    private final long fewest;

    private MacroAuc(double value, double variance, int classes, long fewest) {
        this.value = value;
        this.variance = variance;
        this.classes = classes;
        this.fewest = fewest;
    }

    /**
     * The mean over the classes that have rows enough, within and without; empty where none has.
     *
     * @param least how many rows of a class, and of the others, are enough, from 1
     */
    public static Optional<MacroAuc> of(ClassifiedRows rows, int least) {
        List<Auc> areas = new ArrayList<>();
        long fewest = Long.MAX_VALUE;
        for (int each = 0; each < rows.classes(); each++) {
            Auc area = Auc.of(rows.oneAgainstRest(each)).orElse(null);
            if (area != null && StrictMath.min(area.positives(), area.negatives()) >= least) {
                areas.add(area);
                fewest = StrictMath.min(fewest, StrictMath.min(area.positives(), area.negatives()));
            }
        }
        if (areas.isEmpty()) {
            return Optional.empty();
        }
        double mean = areas.stream().mapToDouble(Auc::value).average().orElseThrow();
        return Optional.of(new MacroAuc(mean, variance(areas, rows.size()), areas.size(), fewest));
    }

    private static double variance(List<Auc> areas, int rows) {
        if (areas.stream().anyMatch(area -> Double.isInfinite(area.variance()))) {
            return Double.POSITIVE_INFINITY;
        }
        double variance = 0;
        for (int row = 0; row < rows; row++) {
            double influence = 0;
            for (Auc area : areas) {
                influence += area.influence(row) / areas.size();
            }
            variance += influence * influence;
        }
        return variance;
    }

    public double value() {
        return value;
    }

    /** How many classes it is the mean of. */
    public int classes() {
        return classes;
    }

    /** The plain interval, A ± z·se held within [0, 1]. */
    Estimate plainInterval(double level) {
        double half = Normal.halfWidth(level) * StrictMath.sqrt(variance);
        return new Estimate(value, StrictMath.max(0, value - half), StrictMath.min(1, value + half));
    }

    /**
     * The interval on the logit scale, as {@link Auc#interval} gives it of one area, with Student's t of one degree less
     * than the smallest class has rows: it holds the true mean no less often where classes are rare.
     *
     * @param level the share of intervals that hold the true mean, such as .95
     */
    public Estimate interval(double level) {
        if (Double.isInfinite(variance) || fewest < 2) {
            return new Estimate(value, 0.0, 1.0);
        }
        if (value == 0 || value == 1) {
            double bound = StrictMath.pow((1 - level) / 2, 1.0 / fewest);
            return value == 1 ? new Estimate(1, bound, 1.0) : new Estimate(0, 0.0, 1 - bound);
        }
        double logit = StrictMath.log(value / (1 - value));
        double half = StudentT.halfWidth(level, fewest - 1) * StrictMath.sqrt(variance) / (value * (1 - value));
        return new Estimate(
                value,
                StrictMath.min(value, 1 / (1 + StrictMath.exp(half - logit))),
                StrictMath.max(value, 1 / (1 + StrictMath.exp(-half - logit))));
    }
}
