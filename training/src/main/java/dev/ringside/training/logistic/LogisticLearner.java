package dev.ringside.training.logistic;

import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.RunContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logistic regression at the minimum of the penalised log loss, found by Newton's method (iteratively reweighted least
 * squares).
 *
 * <p>The loss has one minimum, so the model depends neither on a seed nor on a learning rate nor on where one stops, and
 * with {@link StrictMath} it is the same on every machine. It takes no native library and about eight passes over the
 * rows.
 */
public final class LogisticLearner implements Learner {
    private static final int MAX_STEPS = 100;
    private static final int MOST_COLUMNS = 3_000;
    private static final double GRADIENT_TOLERANCE = 1e-9;

    private final double weightDecay;

    /** @param weightDecay λ of the penalty λ/2 × the squares of the weights, beside the mean loss; the bias is free */
    public LogisticLearner(double weightDecay) {
        this.weightDecay = weightDecay;
    }

    @Override
    public boolean needsValidation() {
        return false;
    }

    @Override
    public Model fit(Examples train, @Nullable Examples validation, RunContext run) {
        var design = new Design(train.features());
        if (design.columns() > MOST_COLUMNS) {
            throw new IllegalStateException("logistic regression by Newton's method takes at most " + MOST_COLUMNS
                    + " columns, found " + design.columns() + ": represent the largest categories otherwise, or take"
                    + " kind: network");
        }
        double[] weights = new double[design.columns() + 1];
        NewtonSystem system = NewtonSystem.at(design, train, weights, weightDecay);
        int steps = 0;
        while (system.largestGradient() > GRADIENT_TOLERANCE) {
            if (++steps > MAX_STEPS) {
                throw new IllegalStateException("logistic regression did not converge in " + MAX_STEPS
                        + " steps: raise weight_decay, which is " + weightDecay);
            }
            NewtonSystem next = descend(design, train, weights, system);
            if (next.loss() >= system.loss()) {
                break; // nothing more to gain in double precision
            }
            system = next;
            run.epochs().epoch(steps, MAX_STEPS, system.loss(), null);
        }
        float[] rounded = new float[design.columns()];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) weights[i];
        }
        return new LogisticModel(
                train.features().parts(), rounded, (float) weights[rounded.length], Map.of("newton_steps", (double)
                        steps));
    }

    /** Moves the weights along Newton's direction, halving the step until the loss is no greater. */
    private NewtonSystem descend(Design design, Examples train, double[] weights, NewtonSystem system) {
        double[] direction = system.direction();
        double[] start = weights.clone();
        NewtonSystem next = system;
        for (double step = 1; step > 1e-6; step /= 2) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = start[i] - step * direction[i];
            }
            next = NewtonSystem.at(design, train, weights, weightDecay);
            if (next.loss() < system.loss()) {
                return next;
            }
        }
        System.arraycopy(start, 0, weights, 0, start.length);
        return next;
    }
}
