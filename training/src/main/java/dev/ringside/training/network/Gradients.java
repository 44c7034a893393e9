package dev.ringside.training.network;

import java.util.Map;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** How the gradients of a step come about: who computes which part of them. */
interface Gradients extends AutoCloseable {
    /** What the optimiser steps here. */
    TensorVector stepped();

    /** The Euclidean norm of each parameter's present gradient, of whoever has it. */
    Map<String, Double> norms();

    /**
     * A pass begins.
     *
     * @param thawed how many stages are in training
     */
    default void begin(int thawed) {}

    /**
     * Adds the gradients of a step's mean loss to those of the parameters.
     *
     * @return as much of the loss as was computed here
     */
    double of(Step step);

    /** From as much of the losses as was computed here to all of them. */
    default double together(double loss) {
        return loss;
    }

    /** Holds the gradients' Euclidean norm to a bound. */
    default void clip(TensorVector parameters, double bound) {
        torch.clip_grad_norm_(parameters, bound);
    }

    /** A pass ends: afterwards the parameters are whole here. */
    default void end() {}

    /** The optimiser's memory of all parameters. */
    default byte[] memory(AdamW optimizer) {
        return OptimizerState.of(optimizer);
    }

    /** Gives the optimiser its memory back. */
    default void remember(AdamW optimizer, byte[] memory) {
        OptimizerState.restore(optimizer, memory);
    }

    /** What the division cost so far; empty where nothing is to be said. */
    default String account() {
        return "";
    }

    @Override
    default void close() {}
}
