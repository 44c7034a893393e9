package dev.ringside.training.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a network is built and trained.
 *
 * @param hidden outputs of each hidden layer, first to last; none of a transformer
 * @param activation the function behind each hidden layer
 * @param batchNorm whether each hidden layer's outputs are normalised before the function
 * @param residual whether the input of a hidden layer is added to its output, wherever both are as wide
 * @param dropout the share of a hidden layer's outputs set to zero during training, 0 or more and below 1
 * @param learningRate step size of Adam
 * @param weightDecay decoupled weight decay (AdamW)
 * @param focal γ of the focal loss (Lin et al. 2017), 0 for plain log loss
 * @param batch rows of a step
 * @param epochs passes over the training rows at most
 * @param patience how many passes in a row may fail to lower the validation loss before training stops
 * @param clip the Euclidean norm to which a step's gradients are held (Pascanu et al. 2013); 0 for none
 * @param pretraining passes by which each hidden layer first learns to tell its own input; 0 for none
 * @param accumulate micro-batches into which the rows of a step are cut; their gradients add up
 * @param members how many networks share the hidden layers' weights, each with adapters of its own (TabM, Gorishniy et
 *     al. 2024); 1 for a network by itself
 * @param transformer the sizes of an FT-Transformer; null for hidden layers
 * @param huber the error of a number beyond which its loss rises no longer by the square (Huber 1964), in the label's
 *     units; null for squared errors
 */
public record NetworkSettings(
        List<Integer> hidden,
        Activation.Kind activation,
        boolean batchNorm,
        boolean residual,
        double dropout,
        double learningRate,
        double weightDecay,
        double focal,
        int batch,
        int epochs,
        int patience,
        double clip,
        int pretraining,
        int accumulate,
        int members,
        @Nullable TransformerSettings transformer,
        @Nullable Double huber) {
    /** Keeps the list as it is. Files of older releases say nothing of micro-batches, and then mean one. */
    public NetworkSettings {
        hidden = List.copyOf(hidden);
        accumulate = Math.max(1, accumulate);
    }

    /** Hidden layers, trained by squared errors where a number is predicted. */
    public NetworkSettings(
            List<Integer> hidden,
            Activation.Kind activation,
            boolean batchNorm,
            boolean residual,
            double dropout,
            double learningRate,
            double weightDecay,
            double focal,
            int batch,
            int epochs,
            int patience,
            double clip,
            int pretraining,
            int accumulate,
            int members) {
        this(
                hidden,
                activation,
                batchNorm,
                residual,
                dropout,
                learningRate,
                weightDecay,
                focal,
                batch,
                epochs,
                patience,
                clip,
                pretraining,
                accumulate,
                members,
                null,
                null);
    }

    /** One network by itself, without clipping, pretraining and micro-batches. */
    public NetworkSettings(
            List<Integer> hidden,
            Activation.Kind activation,
            boolean batchNorm,
            boolean residual,
            double dropout,
            double learningRate,
            double weightDecay,
            double focal,
            int batch,
            int epochs,
            int patience) {
        this(
                hidden,
                activation,
                batchNorm,
                residual,
                dropout,
                learningRate,
                weightDecay,
                focal,
                batch,
                epochs,
                patience,
                0,
                0,
                1,
                1);
    }

    /** Whether a step draws what it drops. */
    boolean draws() {
        return dropout > 0 || (transformer != null && transformer.attentionDropout() > 0);
    }

    /** Rectifiers, nothing else. */
    public static NetworkSettings plain(
            List<Integer> hidden,
            double dropout,
            double learningRate,
            double weightDecay,
            int batch,
            int epochs,
            int patience) {
        return new NetworkSettings(
                hidden,
                Activation.Kind.RELU,
                false,
                false,
                dropout,
                learningRate,
                weightDecay,
                0,
                batch,
                epochs,
                patience);
    }
}
