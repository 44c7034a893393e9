package dev.ringside.training.fitting;

import dev.ringside.training.learning.FittingHistory;
import dev.ringside.training.learning.Predictor;

/**
 * What fittings came to.
 *
 * @param predictor the model
 * @param history how they went
 */
public record Learnt(Predictor predictor, FittingHistory history) {}
