package dev.ringside.experiments.analysis;

import dev.ringside.experiments.analysis.GroupSequential.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a group-sequential test says of the effect once it has stopped, in the stage-wise ordering (Tsiatis, Rosner and
 * Mehta 1984): a crossing at an earlier look is more extreme than any at a later one.
 *
 * <p>The probabilities are those of {@link GroupSequential}, made so that many effects cost little more than one. The paths'
 * score S = Z√t has the increments Δt and, under an effect θ, the drift θΔw. With d the standardised increment under no
 * effect and m = θΔw/√Δt, the kernel between two looks is φ(d − m) = φ(d) e^{md} e^{−m²/2}, and e^{md} is a factor of the one
 * node times a factor of the other. So φ(d) is computed once, at nodes that serve a range of effects, and an effect costs two
 * exponentials a node.
 */
public final class StagewiseOrdering {
    /** Mass beyond so many standard deviations, 6e-14, is left out. */
    private static final double REACH = 7.5;

    /** In standard deviations of the narrowest kernel: 16 nodes are then exact to 1e-11, and fewer than for the last bit. */
    private static final double PANEL = 6;

    /** Of a standard error: finer than any oracle, and a third of the work of the last bit. */
    private static final double TOLERANCE = 1e-10;

    /** Effects within so many standard errors of the estimate are quick. */
    private static final double NEAR = 4;

    /** e to more than this, and back, would leave the range of doubles. */
    private static final double LARGEST_EXPONENT = 300;

    private final List<Stage> stages;
    private final double error;
    private final double estimate;
    private final Grid grid;

    /** What was computed, by effect: the searches for the bounds and the estimate begin at the same points. */
    private final Map<Double, Double> known = new HashMap<>();

    /**
     * Orders the results of a test that stopped.
     *
     * @param earlier the looks before
     * @param last the look that stopped it, its statistic as its boundary
     */
    public StagewiseOrdering(List<Stage> earlier, Stage last) {
        stages = new ArrayList<>(earlier);
        stages.add(last);
        error = StrictMath.sqrt(last.time()) / last.weight();
        estimate = last.criticalZ() * error;
        grid = new Grid(estimate - NEAR * error, estimate + NEAR * error);
    }

    /** The probability, under an effect, of a result at least as extreme as this. */
    public double atLeastAsExtreme(double effect) {
        return known.computeIfAbsent(effect, this::computed);
    }

    private double computed(double effect) {
        return grid.serves(effect)
                ? grid.atLeastAsExtreme(effect)
                : GroupSequential.atLeastAsExtreme(stages.subList(0, stages.size() - 1), stages.getLast(), effect);
    }

    /**
     * The effect under which a result at least as extreme has the given probability: the median-unbiased estimate at one
     * half, confidence bounds at α and 1 − α.
     */
    public double effectAt(double probability) {
        double low = estimate - error;
        double high = estimate + error;
        for (double step = error; atLeastAsExtreme(low) > probability; step *= 2) {
            low -= step;
        }
        for (double step = error; atLeastAsExtreme(high) < probability; step *= 2) {
            high += step;
        }
        return Root.between(low, high, TOLERANCE * error, effect -> atLeastAsExtreme(effect) - probability);
    }

    /** The nodes and kernels that serve effects between two. */
    private final class Grid {
        private final double least;
        private final double most;
        private final List<Step> steps = new ArrayList<>();

        Grid(double least, double most) {
            this.least = least;
            this.most = most;
            for (int look = 0; look < stages.size() - 1; look++) {
                steps.add(new Step(look, look == 0 ? null : steps.get(look - 1), least, most));
            }
        }

        boolean serves(double effect) {
            return effect >= least && effect <= most && steps.stream().allMatch(step -> step.serves(effect));
        }

        double atLeastAsExtreme(double effect) {
            Stage first = stages.getFirst();
            double sum = Normal.survival(first.criticalZ() - effect * drift(first));
            double[] mass = {};
            for (int look = 1; look < stages.size(); look++) {
                mass = steps.get(look - 1).mass(effect, mass);
                sum += exceeding(look, steps.get(look - 1).nodes, mass, effect);
            }
            return sum;
        }
    }

    /** The probability of crossing the boundary of a look, of the paths that come to it. */
    private double exceeding(int look, double[] from, double[] mass, double effect) {
        Stage before = stages.get(look - 1);
        Stage stage = stages.get(look);
        double scale = 1 / StrictMath.sqrt(stage.time() - before.time());
        double shift = (stage.criticalZ() * StrictMath.sqrt(stage.time()) - effect * (stage.weight() - before.weight()))
                * scale;
        double slope = StrictMath.sqrt(before.time()) * scale;
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += mass[i] * Normal.quickSurvival(shift - from[i] * slope);
        }
        return sum;
    }

    private static double drift(Stage stage) {
        return stage.weight() / StrictMath.sqrt(stage.time());
    }

    /** The paths that stay below the boundary of a look. */
    private final class Step {
        private final Stage stage;
        private final double[] nodes;
        private final double[] weights;
        private final double driftOfStep;
        private final double slopeHere;
        private final double slopeBefore;
        private final double[] nodesBefore;
        private final double[][] kernel;
        private final int[] first;

        Step(int look, @Nullable Step before, double least, double most) {
            stage = stages.get(look);
            double time = stage.time();
            double last = look == 0 ? 0 : stages.get(look - 1).time();
            double next = stages.get(look + 1).time();
            if (!(next >= GroupSequential.LEAST_GROWTH * time)) {
                throw new IllegalArgumentException("time grew from " + time + " to " + next + ", expected a factor of "
                        + GroupSequential.LEAST_GROWTH + " or more");
            }
            double incoming = StrictMath.sqrt((time - last) / time);
            double outgoing = StrictMath.sqrt((next - time) / time);
            double lowest = least * drift(stage) - REACH;
            double highest = most * drift(stage) + REACH;
            var quadrature = new GaussLegendre(
                    lowest,
                    StrictMath.min(stage.criticalZ(), highest),
                    PANEL * StrictMath.min(1, StrictMath.min(outgoing, incoming)));
            nodes = new double[quadrature.size()];
            weights = new double[nodes.length];
            double scale = 1 / StrictMath.sqrt(time - last);
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = quadrature.node(i);
                weights[i] = quadrature.weight(i) * StrictMath.sqrt(time) * scale * Normal.density(0);
            }
            double weightBefore = look == 0 ? 0 : stages.get(look - 1).weight();
            driftOfStep = (stage.weight() - weightBefore) * scale;
            slopeHere = StrictMath.sqrt(time) * scale;
            slopeBefore = StrictMath.sqrt(last) * scale;
            nodesBefore = before == null ? new double[] {0} : before.nodes;
            kernel = new double[nodesBefore.length][];
            first = new int[nodesBefore.length];
            double reach = REACH + StrictMath.max(StrictMath.abs(least), StrictMath.abs(most)) * driftOfStep;
            for (int k = 0; k < nodesBefore.length; k++) {
                fill(k, reach);
            }
        }

        /**
         * φ(d), but for its constant, where it matters under any of the effects: from each node before, to the nodes here. Panels ascend, nodes
         * within one descend, so the ends are looked for from both sides.
         */
        private void fill(int k, double reach) {
            int from = 0;
            while (from < nodes.length && distance(from, k) < -reach) {
                from++;
            }
            int to = nodes.length;
            while (to > from && distance(to - 1, k) > reach) {
                to--;
            }
            first[k] = from;
            kernel[k] = new double[to - from];
            for (int i = from; i < to; i++) {
                double d = distance(i, k);
                kernel[k][i - from] = Exponential.of(-0.5 * d * d);
            }
        }

        private double distance(int i, int k) {
            return nodes[i] * slopeHere - nodesBefore[k] * slopeBefore;
        }

        boolean serves(double effect) {
            double farthest = nodes.length == 0
                    ? 0
                    : StrictMath.max(StrictMath.abs(nodes[0]), StrictMath.abs(nodes[nodes.length - 1])) * slopeHere;
            double m = StrictMath.abs(effect * driftOfStep);
            return m * (farthest + m) < LARGEST_EXPONENT;
        }

        double[] mass(double effect, double[] before) {
            double m = effect * driftOfStep;
            double[] source = new double[nodesBefore.length];
            for (int k = 0; k < source.length; k++) {
                source[k] = before.length == 0 ? 1 : before[k] * Exponential.of(-m * nodesBefore[k] * slopeBefore);
            }
            double[] mass = new double[nodes.length];
            // Node by node before, so that the compiler adds to several nodes here at once, each in the same order.
            for (int k = 0; k < source.length; k++) {
                add(kernel[k], source[k], mass, first[k]);
            }
            for (int i = 0; i < nodes.length; i++) {
                mass[i] = weights[i] * mass[i] * Exponential.of(m * (nodes[i] * slopeHere - 0.5 * m));
            }
            return mass;
        }

        private static void add(double[] column, double factor, double[] to, int from) {
            for (int i = 0; i < column.length; i++) {
                to[from + i] += column[i] * factor;
            }
        }
    }
}
