package dev.ringside.training.search;

/** Where a trial says how it proceeds. */
@FunctionalInterface
public interface Monitor {
    /**
     * Reports a value on the way and waits for the verdict.
     *
     * @param step such as an epoch; more than the step before
     * @param value of the metric that is searched by; one that is no number ends the trial as failed
     * @return whether to go on; if not, the trial stops soon, and what it returns is not looked at
     * @throws InterruptedException if the trial's time is over
     */
    boolean report(int step, double value) throws InterruptedException;
}
