package dev.ringside.benchmarks.run;

import dev.ringside.experiments.decision.KpiResult;

/**
 * How a region, or a wave, ended.
 *
 * @param how what became of it
 * @param day which of the primary KPI's days had closed then, 1 for the first
 * @param primary what the last look said about the primary KPI
 */
record Ending(How how, int day, KpiResult primary) {
    enum How {
        PROMOTED,
        ROLLED_BACK,
        INCONCLUSIVE,
        PAUSED,
        /** A promotion was rolled back, because of those held back behind it. */
        UNDONE
    }
}
