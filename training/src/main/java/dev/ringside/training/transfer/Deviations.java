package dev.ringside.training.transfer;

import dev.ringside.training.features.Embedding;

/**
 * How regions deviate from the head of a network.
 *
 * @param regions the regions' places, 0 for one that is not known
 * @param biases of each place, 0 for place 0
 * @param slopes of each place, one for each number of the network's last hidden layer; 0 for place 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Deviations(Embedding regions, float[] biases, float[] slopes) {
    /** Checks that every place has as many numbers. */
    public Deviations {
        int places = regions.vocabulary().size() + 1;
        if (biases.length != places || slopes.length % places != 0) {
            throw new IllegalArgumentException("has " + biases.length + " biases and " + slopes.length + " slopes of "
                    + places + " regions, the unknown one among them");
        }
    }
}
