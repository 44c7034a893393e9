package dev.ringside.training.network;

import dev.ringside.training.features.Moments;
import java.util.Arrays;

/**
 * The unit in which a network learns a number, so that rates need not depend on the label's own: in it the training rows'
 * mean is 0 and their deviation 1. A fitted network answers in the label's unit, as its head is turned back into it.
 *
 * @param mean in the label's unit
 * @param deviation in the label's unit, above 0
 */
record LabelUnit(double mean, double deviation) {
    /** The label's own unit. */
    static final LabelUnit OWN = new LabelUnit(0, 1);

    /** Of what is predicted; a probability has its own. */
    static LabelUnit of(Target target, double[] labels) {
        if (!(target instanceof Target.Amount)) {
            return OWN;
        }
        double[] there =
                Arrays.stream(labels).filter(label -> !Double.isNaN(label)).toArray();
        if (there.length == 0) {
            return OWN;
        }
        Moments moments = Moments.of(there);
        return new LabelUnit(moments.mean(), moments.deviation());
    }

    /** A label in this unit. */
    double of(double label) {
        return (label - mean) / deviation;
    }

    /** A score in the label's unit. */
    double back(double score) {
        return mean + deviation * score;
    }

    /** Turns a head that gives labels into one that gives this unit. */
    void enter(Weights weights, int place) {
        rescale(weights, place, 1 / deviation, -mean / deviation);
    }

    /** Turns a head that gives this unit into one that gives labels. */
    void leave(Weights weights, int place) {
        rescale(weights, place, deviation, mean);
    }

    /**
     * Multiplies one of the head's numbers and adds to it.
     *
     * @param place which number: its row in the weights of a linear head, its column in those of several heads
     */
    private void rescale(Weights weights, int place, double factor, double addend) {
        if (this.equals(OWN)) {
            return;
        }
        Weights.Values weight = weights.get(Network.HEAD);
        Weights.Values bias = weights.get(Network.LAST);
        boolean several = weight.shape().length == 3;
        int outputs = (int) bias.shape()[bias.shape().length - 1];
        int inputs = (int) weight.shape()[1];
        for (int i = 0; i < weight.values().length; i++) {
            if ((several ? i % outputs : i / inputs) == place) {
                weight.values()[i] = (float) (weight.values()[i] * factor);
            }
        }
        for (int i = place; i < bias.values().length; i += outputs) {
            bias.values()[i] = (float) (bias.values()[i] * factor + addend);
        }
    }
}
