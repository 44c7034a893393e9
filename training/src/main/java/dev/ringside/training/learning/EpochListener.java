package dev.ringside.training.learning;

import org.jspecify.annotations.Nullable;

/** Someone who wants to know how a learner proceeds. */
@FunctionalInterface
public interface EpochListener {
    /**
     * A pass over the training rows is done.
     *
     * @param epoch which one, from 1
     * @param limit how many there can be
     * @param trainingLoss mean log loss of the training rows during the pass
     * @param validationLoss mean log loss of the validation rows after it; null without validation
     */
    void epoch(int epoch, int limit, double trainingLoss, @Nullable Double validationLoss);

    /**
     * A fitting that was ended goes on.
     *
     * @param epoch the last pass that was kept
     */
    default void goesOn(int epoch) {}

    /** A fitting is done, be it that all of its passes were kept from before. */
    default void fitted(LossHistory losses) {}

    /** Who is told of one of several fittings, such as {@code member-1}. */
    default EpochListener within(String place) {
        return this;
    }

    /** Something about the fitting that people may want to know. */
    default void says(String words) {}
}
