package dev.ringside.training.features;

/** What a feature becomes for a learner: numbers, or a place in a vocabulary, or a number that the learner embeds. */
public sealed interface Part {
    /**
     * Numbers as they are; in memory and in the graph FP32, shape [rows, width].
     *
     * @param width how many a row
     */
    record Numbers(int width) implements Part {}

    /**
     * One place of a vocabulary is 1, the others are 0; all are 0 for a text that is not in it. In memory the place, −1
     * for none; in the graph FP32, shape [rows, size].
     *
     * @param size how many places
     */
    record OneHot(int size) implements Part {}

    /**
     * A place of a vocabulary, to which the learner gives a vector. In memory the place, 0 for a text that is not in it;
     * in the graph INT64, shape [rows, 1].
     *
     * @param size how many places, the one for unknown texts among them
     * @param dimensions length of a vector
     */
    record Embedded(int size, int dimensions) implements Part {}

    /**
     * One number that the learner embeds by how far it is through each of its bins (piecewise-linear encoding, Gorishniy
     * et al. 2022, "On Embeddings for Numerical Features in Tabular Deep Learning", equation 1, but held to 0 and 1 in
     * the outer bins too), then a linear map and a rectifier. In memory and in the graph FP32, shape [rows, 1].
     *
     * @param edges the bins' edges, rising, one more than there are bins
     * @param dimensions length of a vector; 0 for the bins themselves without a map
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Piecewise(float[] edges, int dimensions) implements Part {}

    /**
     * The last items of a list, which the learner reads one after the other. In memory for each step its standardised
     * number, 0 where there is none, and whether there is one; in the graph FP32, shape [rows, steps, 2]. Shorter lists
     * begin with steps that have none.
     *
     * @param cell how they are read
     * @param steps how many
     * @param hidden how many numbers are remembered, and given at the end
     * @param forgetBias what the forget gates of an LSTM begin with (Gers et al. 2000); 0 for a plain recurrent net
     */
    record Steps(Cell cell, int steps, int hidden, double forgetBias) implements Part {
        /** How a net reads steps. */
        public enum Cell {
            /** A long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gates of Gers et al. 2000). */
            LSTM,
            /** A plain recurrent net: tanh of the step and of what was remembered (Elman 1990). */
            RECURRENT
        }
    }

    /**
     * The last texts of a list, to each of which the learner gives a vector, and which it then reads one after the other.
     * In memory for each step a place of a vocabulary, as FP32, which holds those below 2²⁴ as they are: 0 where there is
     * no text, whose vector is and stays 0; in the graph INT64, shape [rows, steps]. Shorter lists begin with steps that
     * have none.
     *
     * @param read how vectors are read
     * @param size how many places, those for no text and for unknown ones among them
     * @param dimensions length of a vector
     */
    record EmbeddedSteps(Steps read, int size, int dimensions) implements Part {}

    /**
     * One standardised number that the learner embeds by sines and cosines of learnt frequencies, then a linear map and a
     * rectifier (periodic embedding PLR, same paper, equations 3 and 4). In memory and in the graph FP32, shape [rows, 1].
     *
     * @param frequencies how many
     * @param sigma standard deviation of the frequencies to begin with
     * @param dimensions length of a vector
     */
    record Periodic(int frequencies, double sigma, int dimensions) implements Part {}
}
