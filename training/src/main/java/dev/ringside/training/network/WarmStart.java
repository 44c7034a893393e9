package dev.ringside.training.network;

import java.util.List;
import java.util.Locale;

/**
 * A fitted network that another one begins with.
 *
 * @param fitted the fitted one
 * @param parts for each part of the new one its place in the fitted one, −1 for a part that is new
 * @param mode what is changed of it
 * @param rateDecay by how much a layer's learning rate is multiplied for the layer before it, above 0 and at most 1: what
 *     lies near the inputs is changed least (discriminative fine-tuning, Howard and Ruder 2018, section 3.2)
 */
public record WarmStart(NetworkModel fitted, List<Integer> parts, Mode mode, double rateDecay) {
    /** What is changed of a fitted network. */
    public enum Mode {
        /** All of it, from the first pass on. */
        EVERY_LAYER,
        /** Only its head, which begins anew; the body is frozen. */
        NEW_HEAD,
        /** The head in the first pass, one layer more with each further one (Howard and Ruder 2018, section 3.3). */
        GRADUAL;

        /** As a document writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the head is taken over, and columns may be new. */
        public boolean keepsHead() {
            return this != NEW_HEAD;
        }
    }

    /** Copies the list. */
    public WarmStart {
        parts = List.copyOf(parts);
    }

    /** Puts what was learnt in place of how a network would begin. */
    void inherit(Network network, Weights weights) {
        Network older =
                Network.of(fitted.parts(), fitted.settings(), fitted.target().width());
        if (older.firstIsResidual() != network.firstIsResidual()) {
            throw new IllegalArgumentException("the first hidden layer is residual in one of parent and child alone, as"
                    + " the new columns make its input wider: no column can be added to this parent");
        }
        new Ancestry(parts).inherit(network, weights, older, fitted.weights(), mode.keepsHead());
    }

    /**
     * How many stages a pass changes, from the head on.
     *
     * @param epoch the pass, from 1
     */
    int thawed(int epoch, int stages) {
        return switch (mode) {
            case EVERY_LAYER -> stages;
            case NEW_HEAD -> 1;
            case GRADUAL -> Math.min(epoch, stages);
        };
    }
}
