package dev.ringside.training.search;

/** What a search makes better: trains a document and says how good the result is. */
@FunctionalInterface
public interface Objective {
    /**
     * Runs one trial, on a thread of its own; several may run at once.
     *
     * @param trial what to train
     * @param monitor takes what it reports on the way
     * @return the value; one that is no number is a failure
     * @throws TrialFailure if the trial ends without a value, with the reason
     * @throws InterruptedException if its thread was interrupted, which means that its time is over
     * @throws Exception any other ends the trial as failed, too
     */
    Measured evaluate(Trial trial, Monitor monitor) throws Exception;
}
