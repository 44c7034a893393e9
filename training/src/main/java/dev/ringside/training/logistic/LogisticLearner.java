package dev.ringside.training.logistic;

import dev.ringside.training.features.FeatureMatrix;
import dev.ringside.training.learning.DenseLayer;
import dev.ringside.training.learning.EpochListener;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learned;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.Scorer;
import java.util.List;
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
    private static final double GRADIENT_TOLERANCE = 1e-9;

    private final double weightDecay;

    /** @param weightDecay λ of the penalty λ/2 × the squares of the weights, beside the mean loss; the bias is free */
    public LogisticLearner(double weightDecay) {
        this.weightDecay = weightDecay;
    }

    @Override
    public Learned fit(Examples train, @Nullable Examples validation, long seed, EpochListener epochs) {
        int inputs = train.features().columns();
        double[] weights = new double[inputs + 1];
        NewtonSystem system = NewtonSystem.at(train, weights, weightDecay);
        int steps = 0;
        while (system.largestGradient() > GRADIENT_TOLERANCE) {
            if (++steps > MAX_STEPS) {
                throw new IllegalStateException("logistic regression did not converge in " + MAX_STEPS
                        + " steps: raise weight_decay, which is " + weightDecay);
            }
            NewtonSystem next = descend(train, weights, system);
            if (next.loss() >= system.loss()) {
                break; // nothing more to gain in double precision
            }
            system = next;
            epochs.epoch(steps, MAX_STEPS, system.loss(), null);
        }
        DenseLayer layer = layer(weights);
        return new Learned(List.of(layer), scorer(layer), Map.of("newton_steps", (double) steps));
    }

    /** Moves the weights along Newton's direction, halving the step until the loss is no greater. */
    private NewtonSystem descend(Examples train, double[] weights, NewtonSystem system) {
        double[] direction = system.direction();
        double[] start = weights.clone();
        NewtonSystem next = system;
        for (double step = 1; step > 1e-6; step /= 2) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = start[i] - step * direction[i];
            }
            next = NewtonSystem.at(train, weights, weightDecay);
            if (next.loss() < system.loss()) {
                return next;
            }
        }
        System.arraycopy(start, 0, weights, 0, start.length);
        return next;
    }

    private static DenseLayer layer(double[] weights) {
        int inputs = weights.length - 1;
        float[] rounded = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            rounded[i] = (float) weights[i];
        }
        return new DenseLayer(inputs, 1, rounded, new float[] {(float) weights[inputs]});
    }

    private static Scorer scorer(DenseLayer layer) {
        return (FeatureMatrix rows) -> {
            double[] scores = new double[rows.rows()];
            for (int row = 0; row < scores.length; row++) {
                double logit = layer.bias()[0];
                for (int i = 0; i < rows.columns(); i++) {
                    logit += (double) layer.weights()[i] * rows.values()[row * rows.columns() + i];
                }
                scores[row] = NewtonSystem.probability(logit);
            }
            return scores;
        };
    }
}
