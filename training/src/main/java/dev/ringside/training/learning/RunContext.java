package dev.ringside.training.learning;

import dev.ringside.training.split.Shuffle;

/**
 * What surrounds a fitting.
 *
 * @param seed where all its randomness comes from
 * @param epochs told of each pass over the training rows
 * @param checkpoints where it keeps how far it is
 */
public record RunContext(long seed, EpochListener epochs, Checkpoints checkpoints) {
    /** Surroundings in which nothing is kept. */
    public RunContext(long seed, EpochListener epochs) {
        this(seed, epochs, Checkpoints.none());
    }

    /**
     * The same surroundings with a seed for one of several fittings, a fold or a member of an ensemble: it depends on this
     * seed, the purpose and the number alone, so that nothing has to be remembered of a generator.
     */
    public RunContext derived(String purpose, int number) {
        long mixed = seed;
        for (int i = 0; i < purpose.length(); i++) {
            mixed = mix(mixed ^ purpose.charAt(i));
        }
        return new RunContext(mix(mixed + number) >>> 1, epochs, checkpoints.within(purpose + "-" + number));
    }

    /** The next value of SplitMix64 (Steele et al. 2014). */
    private static long mix(long value) {
        return Shuffle.mix(value + 0x9e3779b97f4a7c15L);
    }
}
