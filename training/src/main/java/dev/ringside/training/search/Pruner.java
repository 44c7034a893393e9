package dev.ringside.training.search;

/** Decides whether a running trial is stopped before its end. It keeps no state. */
interface Pruner {
    /**
     * Asked after each report.
     *
     * @param trial the running trial; its last report is the newest
     * @param history the other trials, as far as the decision may know them
     */
    boolean prunes(TrialRecord trial, History history);

    /** Every trial runs to its end. */
    record None() implements Pruner {
        @Override
        public boolean prunes(TrialRecord trial, History history) {
            return false;
        }
    }
}
