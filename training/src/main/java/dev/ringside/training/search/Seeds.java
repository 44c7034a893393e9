package dev.ringside.training.search;

/** Seeds out of a seed and a number, so that no generator has a state to keep (the finaliser of SplitMix64). */
final class Seeds {
    private Seeds() {}

    /** The seed of a trial's own training; never negative. */
    static long ofTrial(long seed, int trial) {
        return mixed(mixed(seed) + 2L * trial) >>> 1;
    }

    /** The seed of the decision where a trial is. */
    static long ofDecision(long seed, int trial) {
        return mixed(mixed(seed) + 2L * trial + 1);
    }

    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
