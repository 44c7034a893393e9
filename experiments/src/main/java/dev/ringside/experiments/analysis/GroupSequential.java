package dev.ringside.experiments.analysis;

import java.util.List;

/**
 * The joint distribution of the statistics of a one-sided test that is looked at several times, by recursive numerical
 * integration (Armitage, McPherson and Rowe 1969; Jennison and Turnbull 2000, chapter 19).
 *
 * <p>At each look the statistic is Z ~ N(θ n / √t, 1), where the estimate is a sum with variance t, divided by n. The sums
 * Z√t have independent increments, so t is the time of the process and two looks are correlated as √(t_j / t_k). While the
 * variance of a unit stays what it is, t ~ n ~ information and nothing is lost by taking the information 1 / standard
 * error² = n² / t for both; where it drifts, √(I_j / I_k) is not the correlation. What is carried
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
     * @param time the variance t of the sum, above 0
     * @param weight what the sum is divided by to give the estimate, n = √(information · t)
     * @param criticalZ the boundary that its statistic was compared with
     */
    public record Stage(double time, double weight, double criticalZ) {
        /** A look of which the information is the time. */
        public Stage(double information, double criticalZ) {
            this(information, information, criticalZ);
        }
    }

    /**
     * The boundary that the next look's statistic exceeds, with no earlier crossing, with the given probability if there
     * is no effect.
     *
     * @param earlier the looks made, time growing by {@link #LEAST_GROWTH} or more each time
     * @param time of the next look
     * @param probability the α to be spent at it, above 0
     */
    public static double critical(List<Stage> earlier, double time, double probability) {
        if (earlier.isEmpty()) {
            return Normal.upperQuantile(probability);
        }
        var paths = new Paths(earlier, time, time, 0);
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
     * @param stage this look, its statistic as its boundary
     * @param effect the true effect θ
     */
    public static double atLeastAsExtreme(List<Stage> earlier, Stage stage, double effect) {
        var paths = new Paths(earlier, stage.time(), stage.weight(), effect);
        return paths.crossed + paths.exceeding(stage.criticalZ());
    }

    /** The same of a look of which the information is the time. */
    public static double atLeastAsExtreme(List<Stage> earlier, double information, double z, double effect) {
        return atLeastAsExtreme(earlier, new Stage(information, z), effect);
    }

    /**
     * The effect under which a result at least as extreme has the given probability: the median-unbiased estimate at one
     * half, confidence bounds at α and 1 − α.
     */
    public static double effectAt(List<Stage> earlier, Stage stage, double probability) {
        double error = 1 / drift(stage.time(), stage.weight());
        double low = stage.criticalZ() * error - error;
        double high = stage.criticalZ() * error + error;
        double step = error;
        while (atLeastAsExtreme(earlier, stage, low) > probability) {
            low -= step;
            step *= 2;
        }
        step = error;
        while (atLeastAsExtreme(earlier, stage, high) < probability) {
            high += step;
            step *= 2;
        }
        return Root.between(low, high, effect -> atLeastAsExtreme(earlier, stage, effect) - probability);
    }

    /** The same of a look of which the information is the time. */
    public static double effectAt(List<Stage> earlier, double information, double z, double probability) {
        return effectAt(earlier, new Stage(information, z), probability);
    }

    /** The mean of the statistic under an effect of one: n / √t. */
    private static double drift(double time, double weight) {
        return weight == time ? StrictMath.sqrt(time) : weight / StrictMath.sqrt(time);
    }

    /** The paths that reach the next look, and the probability of those that do not. */
    private static final class Paths {
        private final double effect;
        private final double next;
        private final double nextWeight;
        private double last;
        private double lastWeight;
        private double[] at = {};
        private double[] mass = {};
        private double crossed;

        Paths(List<Stage> earlier, double next, double nextWeight, double effect) {
            this.effect = effect;
            this.next = next;
            this.nextWeight = nextWeight;
            for (int j = 0; j < earlier.size(); j++) {
                Stage stage = earlier.get(j);
                crossed += exceeding(stage.criticalZ(), stage.time(), stage.weight());
                double after = j + 1 < earlier.size() ? earlier.get(j + 1).time() : next;
                stayBelow(stage, after);
            }
        }

        double exceeding(double z) {
            return exceeding(z, next, nextWeight);
        }

        private void stayBelow(Stage stage, double after) {
            double time = stage.time();
            if (!(after >= LEAST_GROWTH * time)) {
                throw new IllegalArgumentException("time grew from " + time + " to " + after + ", expected a factor of "
                        + LEAST_GROWTH + " or more");
            }
            double mean = effect * drift(time, stage.weight());
            double outgoing = StrictMath.sqrt((after - time) / time);
            double incoming = last == 0 ? 1 : StrictMath.sqrt((time - last) / time);
            var quadrature = new GaussLegendre(
                    mean - REACH,
                    StrictMath.min(stage.criticalZ(), mean + REACH),
                    PANEL * StrictMath.min(1, StrictMath.min(outgoing, incoming)));
            double[] masses = new double[quadrature.size()];
            double[] nodes = new double[quadrature.size()];
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = quadrature.node(i);
                masses[i] = quadrature.weight(i) * density(nodes[i], time, stage.weight());
            }
            at = nodes;
            mass = masses;
            last = time;
            lastWeight = stage.weight();
        }

        private double density(double z, double time, double weight) {
            if (last == 0) {
                return Normal.density(z - effect * drift(time, weight));
            }
            double scale = 1 / StrictMath.sqrt(time - last);
            double shift = (z * StrictMath.sqrt(time) - effect * (weight - lastWeight)) * scale;
            double slope = StrictMath.sqrt(last) * scale;
            double sum = 0;
            for (int i = 0; i < at.length; i++) {
                double distance = shift - at[i] * slope;
                if (distance < 2 * REACH && distance > -2 * REACH) {
                    sum += mass[i] * Normal.density(distance);
                }
            }
            return sum * StrictMath.sqrt(time) * scale;
        }

        private double exceeding(double z, double time, double weight) {
            if (last == 0) {
                return Normal.survival(z - effect * drift(time, weight));
            }
            double scale = 1 / StrictMath.sqrt(time - last);
            double shift = (z * StrictMath.sqrt(time) - effect * (weight - lastWeight)) * scale;
            double slope = StrictMath.sqrt(last) * scale;
            double sum = 0;
            for (int i = 0; i < at.length; i++) {
                sum += mass[i] * Normal.survival(shift - at[i] * slope);
            }
            return sum;
        }
    }
}
