package dev.ringside.training.learning;

/**
 * A fully connected layer: output = weights × input + bias.
 *
 * @param inputs how many numbers it takes
 * @param outputs how many numbers it gives
 * @param weights output after output, each as many as there are inputs
 * @param bias one an output
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the learner to the exporter; never compared
public record DenseLayer(int inputs, int outputs, float[] weights, float[] bias) {
    /** Checks the sizes. */
    public DenseLayer {
        if (weights.length != inputs * outputs || bias.length != outputs) {
            throw new IllegalArgumentException("a layer of " + inputs + " to " + outputs + " needs "
                    + inputs * outputs + " weights and " + outputs + " biases, found " + weights.length + " and "
                    + bias.length);
        }
    }

    @Override
    public String toString() {
        return inputs + " to " + outputs;
    }
}
