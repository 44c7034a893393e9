package dev.ringside.experiments.analysis;

import java.util.List;

/**
 * The joint distribution of the statistics of a one-sided test that is looked at several times, by recursive numerical
 * integration (Armitage, McPherson and Rowe 1969; Jennison and Turnbull 2000, chapter 19).
 *
 * <p>At information I the statistic is Z ~ N(θ√I, 1), and the scores Z√I have independent increments. What is carried
 * from look to look is the density of the statistic among the paths that have crossed no boundary yet, at the nodes of a
 * quadrature. Its panels are four standard deviations of the narrowest kernel wide, where 16 Gauss–Legendre nodes are
 * exact to about 1e-15, whatever the distances between looks.
 */
public final class GroupSequential {
    /**
     * The least ratio of the information at two looks that follow each other. Below it a look says nothing new, and the
     * kernel between the two would need tens of thousands of nodes.
     */
    public static final double LEAST_GROWTH = 1.001;

    /** Mass beyond so many standard deviations, 2e-17, is left out. */
    private static final double REACH = 8.5;

    private static final double PANEL = 4;

    private GroupSequential() {}

    /**
     * A look that has been made.
     *
     * @param information 1 / standard error², above 0
     * @param criticalZ the boundary that its statistic was compared with
     */
    public record Stage(double information, double criticalZ) {}

    /**
     * The boundary that the next look's statistic exceeds, with no earlier crossing, with the given probability if there
     * is no effect.
     *
     * @param earlier the looks made, information growing by {@link #LEAST_GROWTH} or more each time
     * @param information of the next look
     * @param probability the α to be spent at it, above 0
     */
    public static double critical(List<Stage> earlier, double information, double probability) {
        if (earlier.isEmpty()) {
            return Normal.upperQuantile(probability);
        }
        var paths = new Paths(earlier, information, 0);
        double logProbability = StrictMath.log(probability);
        double low = lowest(paths, probability);
        return Root.between(low, Normal.FARTHEST, z -> logProbability - StrictMath.log(positive(paths.exceeding(z))));
    }

    private static double lowest(Paths paths, double probability) {
        double low = 0;
        while (paths.exceeding(low) < probability) {
            low -= 1;
            if (low < -REACH) {
                throw new IllegalArgumentException(
                        "no boundary spends " + probability + ": fewer paths than that have not crossed yet");
            }
        }
        return low;
    }

    private static double positive(double probability) {
        return StrictMath.max(probability, Double.MIN_VALUE);
    }

    /**
     * The probability, under an effect, of a result at least as extreme as having crossed for the first time at this look
     * with this statistic, in the stage-wise ordering (Tsiatis, Rosner and Mehta 1984): a crossing at an earlier look is
     * more extreme than any at a later one.
     *
     * @param earlier the looks before
     * @param information of this look
     * @param z its statistic
     * @param effect the true effect θ
     */
    public static double atLeastAsExtreme(List<Stage> earlier, double information, double z, double effect) {
        var paths = new Paths(earlier, information, effect);
        return paths.crossed + paths.exceeding(z);
    }

    /**
     * The effect under which a result at least as extreme has the given probability: the median-unbiased estimate at one
     * half, confidence bounds at α and 1 − α.
     */
    public static double effectAt(List<Stage> earlier, double information, double z, double probability) {
        double error = 1 / StrictMath.sqrt(information);
        double low = z * error - error;
        double high = z * error + error;
        double step = error;
        while (atLeastAsExtreme(earlier, information, z, low) > probability) {
            low -= step;
            step *= 2;
        }
        step = error;
        while (atLeastAsExtreme(earlier, information, z, high) < probability) {
            high += step;
            step *= 2;
        }
        return Root.between(low, high, effect -> atLeastAsExtreme(earlier, information, z, effect) - probability);
    }

    /** The paths that reach the next look, and the probability of those that do not. */
    private static final class Paths {
        private final double effect;
        private final double next;
        private double last;
        private double[] at = {};
        private double[] mass = {};
        private double crossed;

        Paths(List<Stage> earlier, double next, double effect) {
            this.effect = effect;
            this.next = next;
            for (int j = 0; j < earlier.size(); j++) {
                Stage stage = earlier.get(j);
                crossed += exceeding(stage.criticalZ(), stage.information());
                double after = j + 1 < earlier.size() ? earlier.get(j + 1).information() : next;
                stayBelow(stage, after);
            }
        }

        double exceeding(double z) {
            return exceeding(z, next);
        }

        private void stayBelow(Stage stage, double after) {
            double information = stage.information();
            if (!(after >= LEAST_GROWTH * information)) {
                throw new IllegalArgumentException("information grew from " + information + " to " + after
                        + ", expected a factor of " + LEAST_GROWTH + " or more");
            }
            double mean = effect * StrictMath.sqrt(information);
            double outgoing = StrictMath.sqrt((after - information) / information);
            double incoming = last == 0 ? 1 : StrictMath.sqrt((information - last) / information);
            var quadrature = new GaussLegendre(
                    mean - REACH,
                    StrictMath.min(stage.criticalZ(), mean + REACH),
                    PANEL * StrictMath.min(1, StrictMath.min(outgoing, incoming)));
            double[] masses = new double[quadrature.size()];
            double[] nodes = new double[quadrature.size()];
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = quadrature.node(i);
                masses[i] = quadrature.weight(i) * density(nodes[i], information);
            }
            at = nodes;
            mass = masses;
            last = information;
        }

        private double density(double z, double information) {
            if (last == 0) {
                return Normal.density(z - effect * StrictMath.sqrt(information));
            }
            double scale = 1 / StrictMath.sqrt(information - last);
            double shift = (z * StrictMath.sqrt(information) - effect * (information - last)) * scale;
            double slope = StrictMath.sqrt(last) * scale;
            double sum = 0;
            for (int i = 0; i < at.length; i++) {
                double distance = shift - at[i] * slope;
                if (distance < 2 * REACH && distance > -2 * REACH) {
                    sum += mass[i] * Normal.density(distance);
                }
            }
            return sum * StrictMath.sqrt(information) * scale;
        }

        private double exceeding(double z, double information) {
            if (last == 0) {
                return Normal.survival(z - effect * StrictMath.sqrt(information));
            }
            double scale = 1 / StrictMath.sqrt(information - last);
            double shift = (z * StrictMath.sqrt(information) - effect * (information - last)) * scale;
            double slope = StrictMath.sqrt(last) * scale;
            double sum = 0;
            for (int i = 0; i < at.length; i++) {
                sum += mass[i] * Normal.survival(shift - at[i] * slope);
            }
            return sum;
        }
    }
}
